using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Printing;
using DrAssistant.Data.Prescribing.Printing;
using DrAssistant.Portal.Tests.Prescribing.Printing;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Ordering;

/// <summary>The paper that a laboratory, an imaging centre or another doctor reads.</summary>
public sealed class PrintingAnOrder(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_signed_together_stands_on_it_without_codes()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        var signed = (await clinic.SignedAsync("lab-fbs", "img-us-ob-nt", "ref-card")).Signed;
        var (lab, scan) = (signed.Single(o => o.Type is OrderType.Lab), signed.Single(o => o.Type is OrderType.Imaging));

        var print = (await PrintAsync(clinic, clinic.Nila, scan.Id)).Value();
        var paper = Sheets.Words(print.Pdf.ToArray());

        Assert.All(
            [
                "Test Clinic", "Asha Rao", "MD (Medicine)", "Reg. no. KMC 12345", "Karnataka Medical Council", "Order", "Laboratory", lab.Number!, scan.Number!, "Specimen: plasma fluoride",
                lab.Items[0].Name, Sheets.Plain(scan.Items[0].Name), $"Reason: {OrderingClinic.Complaint}", "The sex of the foetus is not told", "Signed electronically 05-Nov-2026 11:00:00 (UTC+05:30)",
            ],
            words => Assert.Contains(words, paper, StringComparison.Ordinal));
        Assert.DoesNotMatch("(?i)loinc|lab-fbs|cardiology|medicine [0-9]|check this prescription", paper);
        Assert.Equal($"{scan.Number}.pdf", print.FileName);
        await clinic.Clinic.AssertTrailAsync(clinic.Nila, "order.print");
        var film = (await clinic.SignedAsync("img-xr-chest-pa")).Signed.Single(o => o.Items[0].EntryId == "img-xr-chest-pa");
        Assert.DoesNotContain("foetus", Sheets.Words((await PrintAsync(clinic, clinic.Asha, film.Id)).Value().Pdf.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_carries_the_chosen_parts_of_the_chart_and_no_other()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        await clinic.Clinic.Given.ConditionAsync(clinic.Meera, "Rheumatic heart disease");
        await clinic.Clinic.Given.ResultAsync(clinic.Asha, clinic.Meera, "2823-3", 4.4m, unit: "mmol/L");
        await clinic.Clinic.Given.VitalAsync(clinic.Meera, "8867-4", 91, "/min", clinic.Clinic.Clock.Now, clinic.Visit, clinic.Asha);
        var page = await clinic.FilledAsync("ref-card");
        page = (await clinic.AskAsync(clinic.Asha, o => o.ReviseAsync(clinic.Act(page), new OrderParticularsDraft
        {
            Reason = "Murmur, please advise", ReferredTo = "Dr. Sen, City Heart Centre", LetterParts = [LetterPart.Problems, LetterPart.Results],
        }, Cancellation))).Value();
        var letter = (await clinic.SignAsync(page)).Value().Signed.Single(o => o.Type is OrderType.Referral);

        var paper = Sheets.Words((await PrintAsync(clinic, clinic.Asha, letter.Id)).Value().Pdf.ToArray());

        Assert.All(
            ["Referral letter", "Dr. Sen, City Heart Centre", "Cardiology", "Reason: Murmur, please advise", "Rheumatic heart disease", "4.4 mmol/L", letter.Number!],
            words => Assert.Contains(words, paper, StringComparison.Ordinal));
        Assert.DoesNotMatch("(?i)allergies|pulse|vital signs|medicines", paper);
    }

    [Fact]
    public async Task A_cancelled_one_says_so_and_a_draft_or_anothers_is_not_there()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        var draft = (await clinic.FilledAsync("lab-cbc")).Basket.Single().Id;
        (await PrintAsync(clinic, clinic.Asha, draft)).AssertRefused(RefusalKind.NotFound);
        var signed = (await clinic.SignAsync(await clinic.ReadAsync())).Value().Signed.Single();
        (await PrintAsync(clinic, clinic.Basu, signed.Id)).AssertRefused(RefusalKind.NotFound);
        await using var nobody = clinic.Clinic.AsNobody();
        (await nobody.Get<IOrderPrints>().PdfAsync(signed.Id, PaperSize.A5, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await clinic.AskAsync(clinic.Asha, o => o.CancelAsync(signed.Id, clinic.Meera, "Not needed", Cancellation))).Value();

        Assert.Contains("CANCELLED", Sheets.Words((await PrintAsync(clinic, clinic.Asha, signed.Id)).Value().Pdf.ToArray()), StringComparison.Ordinal);
    }

    private static async Task<Result<OrderPrint>> PrintAsync(OrderingClinic clinic, ClinicPerson person, Guid order)
    {
        await using var acting = clinic.Clinic.As(person);
        return await acting.Get<IOrderPrints>().PdfAsync(order, PaperSize.A5, Cancellation);
    }
}
