using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Prescribing;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static DrAssistant.Portal.Tests.Prescribing.PrescriptionClinic;

namespace DrAssistant.Portal.Tests.Prescribing.Drafting;

public sealed class WritingADraft(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_is_one_in_a_visit_however_often_it_is_begun()
    {
        await using var clinic = await OpenAsync(databases);

        var both = await Task.WhenAll(clinic.BegunAsync(), clinic.BegunAsync());
        var again = await clinic.BegunAsync();

        Assert.Equal(both[0].Id, both[1].Id);
        Assert.Equal((both[0].Id, PrescriptionStatus.Draft, true, true, 1), (again.Id, again.Status, again.IsMine, again.MayWrite, again.Version));
        await clinic.Clinic.AssertTrailAsync(clinic.Asha, "prescription.begin");
        Assert.Equal(["prescription.changed"], (await clinic.Clinic.OwedAsync()).Select(m => m.Kind));
    }

    [Fact]
    public async Task It_is_its_doctors_alone_and_shown_to_those_who_care()
    {
        await using var clinic = await OpenAsync(databases);
        var page = await clinic.WrittenAsync(Paracetamol());
        foreach (var person in new[] { clinic.Nila, await clinic.Clinic.Given.ReceptionistAsync(), await clinic.Clinic.Given.AdminAsync() })
        {
            (await clinic.AskAsync(person, p => p.BeginAsync(new PrescriptionStart(clinic.Visit, clinic.Meera), Cancellation))).AssertRefused(RefusalKind.Forbidden);
            (await clinic.AddAsync(page, Paracetamol(), person)).AssertRefused(RefusalKind.Forbidden);
        }

        await using var nobody = clinic.Clinic.AsNobody();
        (await nobody.Get<IPrescriptions>().ReadAsync(page.Id, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        var outside = await clinic.AskAsync(clinic.Basu, p => p.ReadAsync(page.Id, Cancellation));
        Assert.Equal((await clinic.AskAsync(clinic.Basu, p => p.ReadAsync(Guid.CreateVersion7(), Cancellation))).Refusal, outside.Refusal);
        outside.AssertRefused(RefusalKind.NotFound);
        (await clinic.AddAsync(page, Paracetamol(), clinic.Basu)).AssertRefused(RefusalKind.NotFound);

        var seen = await clinic.ReadAsync(page.Id, clinic.Nila);
        Assert.Equal((false, false, 1), (seen.IsMine, seen.MayWrite, seen.Lines.Count));
        await clinic.Clinic.AssertTrailAsync(clinic.Nila, "prescription.read");
        await clinic.Clinic.Given.CareAsync(clinic.Basu, clinic.Meera);
        (await clinic.AddAsync(page, Paracetamol(), clinic.Basu)).AssertRefused(RefusalKind.Invalid);
        (await clinic.AskAsync(clinic.Basu, p => p.BeginAsync(new PrescriptionStart(clinic.Visit, clinic.Meera), Cancellation))).AssertRefused(RefusalKind.Invalid);
    }

    [Fact]
    public async Task A_line_is_read_counted_and_put_into_words()
    {
        await using var clinic = await OpenAsync(databases);

        var line = Assert.Single((await clinic.WrittenAsync(Paracetamol())).Lines);

        Assert.Equal(("paracetamol", true, "650 mg", "tablet", "oral"), (line.MedicineId, line.IsChecked, line.Strength, line.Form, line.Route));
        Assert.Equal(("1 tab", "1-0-1", "5 days", "after food"), (line.Dose, line.Frequency, line.Duration, line.Food));
        Assert.Equal(("10\u00A0tablets", false, new DateOnly(2026, 11, 9), false), (line.Quantity, line.QuantityIsTyped, line.EndsOn, line.EndIsTyped));
        Assert.Equal("1-0-1", line.Grid);
        Assert.Contains("5 days", line.Words, StringComparison.Ordinal);
        Assert.Empty(line.Missing);
        var row = await clinic.Clinic.RowAsync<PrescriptionItem>(line.Id);
        Assert.Equal(("1\u00A0tablet", "1-0-1", "5 days"), (row.Dosage, row.Frequency, row.Duration));
        Assert.NotNull(row.Sig);
    }

    [Fact]
    public async Task What_is_empty_comes_later_and_is_named_until_then()
    {
        await using var clinic = await OpenAsync(databases);
        var line = Tablet("amlodipine", "5 mg", dose: "", frequency: "", duration: null);

        var page = await clinic.WrittenAsync(line);
        Assert.Equal(["Dose", "Frequency", "Quantity"], page.Lines[0].Missing);
        Assert.Null(page.Lines[0].Words);

        (line.Dose, line.Frequency, line.Duration) = ("1 tab", "OD", "30 days");
        page = (await clinic.AskAsync(clinic.Asha, p => p.ChangeLineAsync(Act(page), line, Cancellation))).Value();
        Assert.Empty(page.Lines[0].Missing);
        Assert.Equal("30\u00A0tablets", page.Lines[0].Quantity);
    }

    [Theory]
    [InlineData(nameof(MedicineLineDraft.Dose), "a bit")]
    [InlineData(nameof(MedicineLineDraft.Frequency), "now and then")]
    [InlineData(nameof(MedicineLineDraft.Duration), "a while")]
    [InlineData(nameof(MedicineLineDraft.Food), "with a smile")]
    [InlineData(nameof(MedicineLineDraft.Quantity), "-5")]
    [InlineData(nameof(MedicineLineDraft.Quantity), "0 tablets")]
    [InlineData(nameof(MedicineLineDraft.Quantity), "100000 tablets")]
    [InlineData(nameof(MedicineLineDraft.Quantity), "some")]
    [InlineData(nameof(MedicineLineDraft.Refills), "-1")]
    [InlineData(nameof(MedicineLineDraft.Refills), "99")]
    [InlineData(nameof(MedicineLineDraft.EndsOn), "2026-11-01")]
    [InlineData(nameof(MedicineLineDraft.EndsOn), "2036-11-01")]
    [InlineData(nameof(MedicineLineDraft.MedicineId), "no-such-medicine")]
    [InlineData(nameof(MedicineLineDraft.Instructions), "LONG")]
    [InlineData(nameof(MedicineLineDraft.Brand), "LONG")]
    public async Task What_cannot_be_read_is_refused_beside_its_field(string field, string typed)
    {
        await using var clinic = await OpenAsync(databases);
        var page = await clinic.BegunAsync();
        var line = Paracetamol();
        var property = typeof(MedicineLineDraft).GetProperty(field)!;
        property.SetValue(line, field switch
        {
            nameof(line.Refills) => int.Parse(typed, null),
            nameof(line.EndsOn) => DateOnly.Parse(typed, null),
            _ => typed == "LONG" ? new string('x', 600) : typed,
        });

        var refused = await clinic.AddAsync(page, line);

        Assert.Equal((RefusalKind.Invalid, field), (refused.Refusal?.Kind, refused.Refusal?.Field));
        Assert.Equal((1, 0), ((await clinic.ReadAsync(page.Id)).Version, (await clinic.ReadAsync(page.Id)).Lines.Count));
    }

    [Fact]
    public async Task Free_text_is_marked_as_not_checked()
    {
        await using var clinic = await OpenAsync(databases);

        var page = await clinic.WrittenAsync(FreeText("Herbal syrup of the grandmother"));

        Assert.Equal((false, null, "Herbal syrup of the grandmother", "10 tablets"), (page.Lines[0].IsChecked, page.Lines[0].MedicineId, page.Lines[0].Name, page.Lines[0].Quantity));
        (await clinic.AddAsync(page, new MedicineLineDraft { Dose = "1 tab" })).AssertRefused(RefusalKind.Invalid);
    }

    [Fact]
    public async Task The_second_window_is_told_and_loses_nothing()
    {
        await using var clinic = await OpenAsync(databases);
        var page = await clinic.BegunAsync();
        var first = (await clinic.AddAsync(page, Paracetamol())).Value();

        var second = await clinic.AddAsync(page, Tablet("cetirizine", "10 mg", frequency: "HS"));

        var overtaken = Assert.IsType<PrescriptionOvertaken>(second.Refusal);
        Assert.Equal((first.Version, "paracetamol"), (overtaken.Current.Version, Assert.Single(overtaken.Current.Lines).MedicineId));
        Assert.Equal(2, (await clinic.AddAsync(overtaken.Current, Tablet("cetirizine", "10 mg", frequency: "HS"))).Value().Lines.Count);
    }

    [Fact]
    public async Task Two_windows_at_the_same_moment_do_not_both_win()
    {
        await using var clinic = await OpenAsync(databases);
        var page = await clinic.WrittenAsync(Paracetamol());

        var lost = await clinic.Clinic.OvertakenAsync(
            "UPDATE prescriptions SET version = version + 1, notes = 'Drink a lot' WHERE id = $1", page.Id,
            () => clinic.AddAsync(page, Tablet("cetirizine", "10 mg", frequency: "HS")));

        Assert.Equal("Drink a lot", Assert.IsType<PrescriptionOvertaken>(lost.Refusal).Current.Advice);
        Assert.Single((await clinic.ReadAsync(page.Id)).Lines);
    }

    [Fact]
    public async Task The_same_form_sent_twice_adds_one_line()
    {
        await using var clinic = await OpenAsync(databases);
        var page = await clinic.BegunAsync();
        var line = Paracetamol();

        var first = (await clinic.AddAsync(page, line)).Value();
        var again = (await clinic.AddAsync(page, line)).Value();

        Assert.Equal((first.Version, 1), (again.Version, again.Lines.Count));
    }

    [Fact]
    public async Task Lines_are_moved_changed_and_taken_out()
    {
        await using var clinic = await OpenAsync(databases);
        var page = await clinic.WrittenAsync(Paracetamol(), Tablet("cetirizine", "10 mg", frequency: "HS"), Tablet("pantoprazole", "40 mg", frequency: "OD"));
        var (one, two, three) = (page.Lines[0].Id, page.Lines[1].Id, page.Lines[2].Id);

        page = (await clinic.AskAsync(clinic.Asha, p => p.MoveLineAsync(Act(page), three, 0, Cancellation))).Value();
        Assert.Equal([three, one, two], page.Lines.Select(l => l.Id));
        page = (await clinic.AskAsync(clinic.Asha, p => p.RemoveLineAsync(Act(page), one, Cancellation))).Value();
        Assert.Equal([(three, 0), (two, 1)], page.Lines.Select(l => (l.Id, l.Position)));
        (await clinic.AskAsync(clinic.Asha, p => p.RemoveLineAsync(Act(page), one, Cancellation))).AssertRefused(RefusalKind.NotFound);

        // Saving what is there already is no change.
        var same = (await clinic.AskAsync(clinic.Asha, p => p.MoveLineAsync(Act(page), two, 1, Cancellation))).Value();
        Assert.Equal(page.Version, same.Version);
        Assert.Equal(
            ["prescription.begin", "prescription.line", "prescription.line", "prescription.line", "prescription.move", "prescription.remove"],
            (await clinic.Clinic.TrailOfAsync(clinic.Asha)).Select(e => e.Event));
        await clinic.Clinic.AssertNowhereInTheTrailAsync("cetirizine");
    }

    [Fact]
    public async Task Advice_pharmacy_and_validity_are_kept_and_bounded()
    {
        await using var clinic = await OpenAsync(databases);
        var pharmacy = Guid.CreateVersion7();
        await clinic.Clinic.RunAsync("INSERT INTO pharmacies (id, name, phone) VALUES ($1, 'Corner Pharmacy', '080 1234')", pharmacy);
        var page = await clinic.BegunAsync();

        page = (await ReviseAsync(clinic, page, new PrescriptionParticulars("Drink a lot.\nRest.", new DateOnly(2026, 12, 1), pharmacy))).Value();

        Assert.Equal(("Drink a lot.\nRest.", new DateOnly(2026, 12, 1), "Corner Pharmacy"), (page.Advice, page.ValidUntil, page.Pharmacy?.Name));
        Assert.Equal("Advice", (await ReviseAsync(clinic, page, new PrescriptionParticulars(new string('x', 2_001)))).Refusal?.Field);
        Assert.Equal("ValidUntil", (await ReviseAsync(clinic, page, new PrescriptionParticulars(null, new DateOnly(2026, 11, 4)))).Refusal?.Field);
        Assert.Equal("PharmacyId", (await ReviseAsync(clinic, page, new PrescriptionParticulars(null, null, Guid.CreateVersion7()))).Refusal?.Field);
    }

    [Fact]
    public async Task Nothing_is_prescribed_for_whom_or_where_it_should_not_be()
    {
        await using var clinic = await OpenAsync(databases);
        var given = clinic.Clinic.Given;
        var other = await given.PatientAsync("Ravi");
        await given.CareAsync(clinic.Asha, other);
        (await BeginAsync(clinic, clinic.Visit, other)).AssertRefused(RefusalKind.Conflict);
        (await BeginAsync(clinic, Guid.CreateVersion7(), clinic.Meera)).AssertRefused(RefusalKind.NotFound);
        var cancelled = await given.EncounterAsync(clinic.Asha, clinic.Meera, clinic.Clinic.At("09:00"), EncounterStatus.Cancelled);
        (await BeginAsync(clinic, cancelled, clinic.Meera)).AssertRefused(RefusalKind.Conflict);

        var page = await clinic.WrittenAsync(Paracetamol());
        await clinic.Clinic.RunAsync("UPDATE encounters SET status = 'completed', end_time = $1 WHERE id = $2", clinic.Clinic.Clock.Now.AddHours(1), clinic.Visit);
        clinic.Clinic.Clock.Now += TimeSpan.FromDays(2);
        page = (await clinic.AddAsync(page, Tablet("cetirizine", "10 mg", frequency: "HS"))).Value();
        clinic.Clinic.Clock.Now += TimeSpan.FromDays(2);
        (await clinic.AddAsync(page, Tablet("pantoprazole", "40 mg", frequency: "OD"))).AssertRefused(RefusalKind.Conflict);
        Assert.False((await clinic.ReadAsync(page.Id)).MayWrite);

        await clinic.Clinic.RunAsync("UPDATE patients SET status = 'inactive' WHERE id = $1", other);
        var open = await given.EncounterAsync(clinic.Asha, other, clinic.Clinic.Clock.Now, EncounterStatus.InProgress);
        var inactive = await clinic.AskAsync(clinic.Asha, p => p.BeginAsync(new PrescriptionStart(open, other), Cancellation));
        Assert.Contains("inactive", inactive.Refusal?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_medicine_that_was_withdrawn_meanwhile_is_refused_by_name()
    {
        await using var clinic = await OpenAsync(databases);
        var line = Tablet("cetirizine", "10 mg", frequency: "HS");
        var page = await clinic.WrittenAsync(Paracetamol(), line);

        await clinic.Clinic.RunAsync("UPDATE formulary_medicines SET is_active = false WHERE id = 'cetirizine'");
        clinic.Forget();

        line.Duration = "3 days";
        var refused = await clinic.AskAsync(clinic.Asha, p => p.ChangeLineAsync(Act(page), line, Cancellation));
        Assert.Equal((RefusalKind.Invalid, nameof(line.MedicineId)), (refused.Refusal?.Kind, refused.Refusal?.Field));
        Assert.Contains("Cetirizine", refused.Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal([false, true], (await clinic.ReadAsync(page.Id)).Lines.Select(l => l.IsWithdrawn));
    }

    [Fact]
    public async Task A_prescription_has_at_most_thirty_medicines()
    {
        await using var clinic = await OpenAsync(databases);
        var page = await clinic.WrittenAsync([.. Enumerable.Range(0, 30).Select(n => FreeText($"Medicine {n}"))]);

        (await clinic.AddAsync(page, FreeText("One more"))).AssertRefused(RefusalKind.Conflict);
    }

    private static Task<Result<PrescriptionView>> BeginAsync(PrescriptionClinic clinic, Guid visit, Guid patient)
        => clinic.AskAsync(clinic.Asha, p => p.BeginAsync(new PrescriptionStart(visit, patient), Cancellation));

    private static Task<Result<PrescriptionView>> ReviseAsync(PrescriptionClinic clinic, PrescriptionView page, PrescriptionParticulars particulars)
        => clinic.AskAsync(clinic.Asha, p => p.ReviseAsync(Act(page), particulars, Cancellation));
}
