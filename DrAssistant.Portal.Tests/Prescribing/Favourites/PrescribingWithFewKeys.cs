using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Favourites;
using DrAssistant.Portal.Tests.Support;
using static DrAssistant.Portal.Tests.Prescribing.PrescriptionClinic;

namespace DrAssistant.Portal.Tests.Prescribing.Favourites;

/// <summary>Favourites, what is signed often, sets, and repeating an earlier prescription.</summary>
public sealed class PrescribingWithFewKeys(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_favourite_is_kept_from_a_line_and_used_with_one_call_the_most_used_first()
    {
        await using var clinic = await OpenAsync(databases);
        var signed = await clinic.SignedAsync(Paracetamol(), Tablet("cetirizine", "10 mg", frequency: "HS"));
        var paracetamol = (await KeepAsync(clinic, signed, 0)).Value();
        var cetirizine = (await KeepAsync(clinic, signed, 1)).Value();
        Assert.Equal(paracetamol.Id, (await KeepAsync(clinic, signed, 0)).Value().Id);
        var page = await clinic.BegunAsync();

        page = (await clinic.FavouritesAsync(clinic.Asha, f => f.AddAsync(Act(page), cetirizine.Id, Cancellation))).Value();

        Assert.Equal(("cetirizine", signed.Lines[1].Words, signed.Lines[1].Quantity), (page.Lines[0].MedicineId, page.Lines[0].Words, page.Lines[0].Quantity));
        var own = (await clinic.FavouritesAsync(clinic.Asha, f => f.ListAsync(Cancellation))).Value();
        Assert.Equal([(cetirizine.Id, 1), (paracetamol.Id, 0)], own.Select(f => (f.Id, f.Uses)));
        Assert.Contains("10\u00A0mg".Replace('\u00A0', ' '), own[0].Words, StringComparison.Ordinal);
        (await clinic.FavouritesAsync(clinic.Asha, f => f.RemoveAsync(cetirizine.Id, Cancellation))).Value();
        Assert.Equal([paracetamol.Id], (await clinic.FavouritesAsync(clinic.Asha, f => f.ListAsync(Cancellation))).Value().Select(f => f.Id));
        Assert.NotEqual(cetirizine.Id, (await KeepAsync(clinic, signed, 1)).Value().Id);
    }

    [Fact]
    public async Task Favourites_are_ones_own_and_a_doctors()
    {
        await using var clinic = await OpenAsync(databases);
        var signed = await clinic.SignedAsync();
        var kept = (await KeepAsync(clinic, signed, 0)).Value();
        await clinic.Clinic.Given.CareAsync(clinic.Basu, clinic.Meera);
        var visit = await clinic.Clinic.Given.EncounterAsync(clinic.Basu, clinic.Meera, clinic.Clinic.Clock.Now, EncounterStatus.InProgress);
        var page = await clinic.BegunAsync(clinic.Basu, visit);

        Assert.Empty((await clinic.FavouritesAsync(clinic.Basu, f => f.ListAsync(Cancellation))).Value());
        (await clinic.FavouritesAsync(clinic.Basu, f => f.AddAsync(Act(page), kept.Id, Cancellation))).AssertRefused(RefusalKind.NotFound);
        (await clinic.FavouritesAsync(clinic.Basu, f => f.RemoveAsync(kept.Id, Cancellation))).AssertRefused(RefusalKind.NotFound);
        (await clinic.FavouritesAsync(clinic.Nila, f => f.ListAsync(Cancellation))).AssertRefused(RefusalKind.Forbidden);
        await using var nobody = clinic.Clinic.AsNobody();
        (await nobody.Get<IFavouriteMedicines>().ListAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        Assert.Single((await clinic.FavouritesAsync(clinic.Asha, f => f.ListAsync(Cancellation))).Value());
    }

    [Fact]
    public async Task What_left_the_formulary_is_refused_by_name_and_nothing_is_added()
    {
        await using var clinic = await OpenAsync(databases);
        var signed = await clinic.SignedAsync(Paracetamol(), Tablet("cetirizine", "10 mg", frequency: "HS"));
        var kept = (await KeepAsync(clinic, signed, 1)).Value();
        var set = (await SaveAsync(clinic, new MedicineSetDraft("Cold", signed.Id))).Value();
        await clinic.Clinic.RunAsync("UPDATE formulary_medicines SET is_active = false WHERE id = 'cetirizine'");
        clinic.Forget();
        var page = await clinic.BegunAsync();

        foreach (var answer in new[]
        {
            await clinic.FavouritesAsync(clinic.Asha, f => f.AddAsync(Act(page), kept.Id, Cancellation)),
            await clinic.FavouritesAsync(clinic.Asha, f => f.AddSetAsync(Act(page), set.Id, Cancellation)),
            await clinic.AskAsync(clinic.Asha, p => p.RepeatAsync(Act(page), null, Cancellation)),
        })
        {
            Assert.Equal(RefusalKind.Invalid, answer.Refusal?.Kind);
            Assert.Contains("Cetirizine", answer.Refusal!.Message, StringComparison.Ordinal);
        }

        Assert.Empty((await clinic.ReadAsync(page.Id)).Lines);
        Assert.True(Assert.Single((await clinic.FavouritesAsync(clinic.Asha, f => f.ListAsync(Cancellation))).Value()).IsWithdrawn);
    }

    [Fact]
    public async Task What_was_signed_often_comes_first()
    {
        await using var clinic = await OpenAsync(databases);
        await clinic.SignedAsync(Paracetamol(), Tablet("cetirizine", "10 mg", frequency: "HS"));
        await clinic.SignedAsync(Paracetamol());
        var cancelled = await clinic.SignedAsync(Tablet("pantoprazole", "40 mg", frequency: "OD"));
        await clinic.SigningAsync(clinic.Asha, p => p.CancelAsync(cancelled.Id, cancelled.PatientId, "The wrong patient", Cancellation));
        await clinic.WrittenAsync(Tablet("amlodipine", "5 mg", frequency: "OD"));

        var frequent = (await clinic.FavouritesAsync(clinic.Asha, f => f.FrequentAsync(Cancellation))).Value();

        Assert.Equal([("paracetamol", 2), ("cetirizine", 1)], frequent.Select(f => (f.Line.MedicineId, f.Times)));
        Assert.Empty((await clinic.FavouritesAsync(clinic.Basu, f => f.FrequentAsync(Cancellation))).Value());
    }

    [Fact]
    public async Task A_set_adds_several_medicines_at_once_ones_own_or_the_practices()
    {
        await using var clinic = await OpenAsync(databases);
        var signed = await clinic.SignedAsync(Paracetamol(), Tablet("cetirizine", "10 mg", frequency: "HS"));
        Assert.Equal("Name", (await SaveAsync(clinic, new MedicineSetDraft(" ", signed.Id))).Refusal?.Field);
        Assert.Equal("Name", (await SaveAsync(clinic, new MedicineSetDraft(new string('x', 61), signed.Id))).Refusal?.Field);
        (await SaveAsync(clinic, new MedicineSetDraft("Cold", Guid.CreateVersion7()))).AssertRefused(RefusalKind.NotFound);
        var own = (await SaveAsync(clinic, new MedicineSetDraft("Cold", signed.Id))).Value();
        var shared = (await SaveAsync(clinic, new MedicineSetDraft("Fever", signed.Id, ForThePractice: true))).Value();
        Assert.Equal(own.Id, (await SaveAsync(clinic, new MedicineSetDraft("cold", signed.Id))).Value().Id);


        // Signs that mean something in a pattern are letters like others in a name.
        var odd = (await SaveAsync(clinic, new MedicineSetDraft(@"C_ld 50%\", signed.Id))).Value();
        Assert.NotEqual(own.Id, odd.Id);
        Assert.Equal(odd.Id, (await SaveAsync(clinic, new MedicineSetDraft(@"c_ld 50%\", signed.Id))).Value().Id);
        (await clinic.FavouritesAsync(clinic.Asha, f => f.RemoveSetAsync(odd.Id, Cancellation))).Value();

        Assert.Equal([("cold", true, 2), ("Fever", false, 2)], (await SetsAsync(clinic, clinic.Asha)).Select(s => (s.Name, s.IsOwn, s.Lines.Count)));
        Assert.Equal([shared.Id], (await SetsAsync(clinic, clinic.Basu)).Select(s => s.Id));
        var page = await clinic.BegunAsync();
        page = (await clinic.FavouritesAsync(clinic.Asha, f => f.AddSetAsync(Act(page), own.Id, Cancellation))).Value();
        Assert.Equal(["paracetamol", "cetirizine"], page.Lines.Select(l => l.MedicineId));
        (await clinic.FavouritesAsync(clinic.Basu, f => f.RemoveSetAsync(own.Id, Cancellation))).AssertRefused(RefusalKind.NotFound);
        (await clinic.FavouritesAsync(clinic.Basu, f => f.RemoveSetAsync(shared.Id, Cancellation))).Value();
        Assert.Equal([own.Id], (await SetsAsync(clinic, clinic.Asha)).Select(s => s.Id));
    }

    [Fact]
    public async Task The_last_or_any_earlier_prescription_is_repeated_without_what_was_stopped()
    {
        await using var clinic = await OpenAsync(databases);
        var first = await clinic.SignedAsync(Tablet("amlodipine", "5 mg", frequency: "OD", duration: "30 days"));
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(1);
        var last = await clinic.SignedAsync(Paracetamol(), Tablet("cetirizine", "10 mg", frequency: "HS"));
        await clinic.SigningAsync(clinic.Asha, p => p.StopMedicineAsync(last.Id, last.Lines[1].Id, "Drowsy", Cancellation));
        var page = await clinic.BegunAsync();

        page = (await clinic.AskAsync(clinic.Asha, p => p.RepeatAsync(Act(page), null, Cancellation))).Value();
        page = (await clinic.AskAsync(clinic.Asha, p => p.RepeatAsync(Act(page), first.Id, Cancellation))).Value();

        Assert.Equal(["paracetamol", "amlodipine"], page.Lines.Select(l => l.MedicineId));
        Assert.Equal(new DateOnly(2026, 12, 4), page.Lines[1].EndsOn);
        (await clinic.AskAsync(clinic.Asha, p => p.RepeatAsync(Act(page), page.Id, Cancellation))).AssertRefused(RefusalKind.Conflict);
        (await clinic.AskAsync(clinic.Asha, p => p.RepeatAsync(Act(page), Guid.CreateVersion7(), Cancellation))).AssertRefused(RefusalKind.NotFound);
    }

    [Fact]
    public async Task What_was_imported_is_repeated_and_what_nobody_can_read_stays_open()
    {
        await using var clinic = await OpenAsync(databases);
        var imported = new Prescription
        {
            Id = Guid.CreateVersion7(), EncounterId = clinic.Visit, PatientId = clinic.Meera, DoctorId = clinic.Asha.Id, Status = PrescriptionStatus.Signed,
            SignedAt = clinic.Clinic.Clock.Now, ValidFrom = clinic.Clinic.Days.Today,
        };
        imported.Items.Add(new PrescriptionItem
        {
            Id = Guid.CreateVersion7(), PrescriptionId = imported.Id, PatientId = clinic.Meera, MedicationName = "Amlodipine 5 MG Oral Tablet", MedicationCode = "197361",
            CodeSystem = "http://www.nlm.nih.gov/research/umls/rxnorm", Dosage = "as directed", Frequency = "once a day",
        });
        await clinic.Clinic.Given.SaveAsync(imported);
        var page = await clinic.BegunAsync();

        page = (await clinic.AskAsync(clinic.Asha, p => p.RepeatAsync(Act(page), null, Cancellation))).Value();

        var line = Assert.Single(page.Lines);
        Assert.Equal(("Amlodipine 5 MG Oral Tablet", false, "as directed"), (line.Name, line.IsChecked, line.Dose));
        Assert.Contains("Dose", line.Missing);
    }

    [Fact]
    public async Task The_list_of_a_patient_goes_page_by_page_newest_first_and_without_drafts()
    {
        await using var clinic = await OpenAsync(databases);
        var signed = new List<PrescriptionView>();
        for (var i = 0; i < 5; i++)
        {
            signed.Add(await clinic.SignedAsync());
            clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(i % 2);
        }

        await clinic.WrittenAsync(Paracetamol());
        var found = new List<Guid>();
        PrescriptionHead? last = null;
        PrescriptionList page;
        do
        {
            page = (await clinic.AskAsync(clinic.Nila, p => p.ListAsync(new PrescriptionListQuery(clinic.Meera, last, 2), Cancellation))).Value();
            found.AddRange(page.Prescriptions.Select(p => p.Id));
            last = page.Prescriptions[^1];
        }
        while (page.HasMore);

        Assert.Equal(signed.Select(s => s.Id).Order(), found.Order());
        Assert.Equal(5, found.Distinct().Count());
        (await clinic.AskAsync(clinic.Basu, p => p.ListAsync(new PrescriptionListQuery(clinic.Meera), Cancellation))).AssertRefused(RefusalKind.NotFound);
    }

    private static Task<Result<FavouriteMedicine>> KeepAsync(PrescriptionClinic clinic, PrescriptionView page, int line)
        => clinic.FavouritesAsync(clinic.Asha, f => f.KeepAsync(page.Id, page.Lines[line].Id, Cancellation));

    private static Task<Result<MedicineSet>> SaveAsync(PrescriptionClinic clinic, MedicineSetDraft set) => clinic.FavouritesAsync(clinic.Asha, f => f.SaveSetAsync(set, Cancellation));

    private static async Task<IReadOnlyList<MedicineSet>> SetsAsync(PrescriptionClinic clinic, ClinicPerson person)
        => (await clinic.FavouritesAsync(person, f => f.SetsAsync(Cancellation))).Value();
}
