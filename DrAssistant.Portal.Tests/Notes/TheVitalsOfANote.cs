using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Portal.Tests.Stores.Documents.Mongo;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Notes;

/// <summary>What was measured in a visit is signed with its note, in either store, and stays what it was.</summary>
public abstract class TheVitalsOfANote(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected abstract string? Mongo { get; }

    [Fact]
    public async Task are_frozen_as_they_stand_when_it_is_signed_and_are_in_its_hash()
    {
        await using var clinic = await OpenAsync();
        await RecordAsync(clinic, (VitalSign.SystolicPressure, 138), (VitalSign.DiastolicPressure, 86), (VitalSign.Weight, 56.2m), (VitalSign.Height, 156), (VitalSign.Pain, 3));
        var draft = await clinic.FinishedAsync();
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(5);
        await RecordAsync(clinic, (VitalSign.SystolicPressure, 132), (VitalSign.DiastolicPressure, 84));

        var signed = (await clinic.SignAsync(draft)).Value();

        Assert.Equal(
            new VitalSigns { Temperature = 38.20m, BloodPressure = new(132, 84), Weight = 56.2m, Height = 156, Bmi = 23.1m, Pain = 3 }, signed.Content.Objective!.VitalSigns);
        Assert.True(signed.Signature!.Matches);
        var stored = (await clinic.StoredAsync(signed.Id))!;
        var vitals = stored.Content.Objective!.VitalSigns! with { Weight = 65.2m };
        Assert.NotEqual(signed.Signature.Hash, NoteHash.Of(stored with { Content = stored.Content with { Objective = new() { VitalSigns = vitals } } }, stored.Signature!));

        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(5);
        await RecordAsync(clinic, (VitalSign.SystolicPressure, 128), (VitalSign.DiastolicPressure, 82));
        var later = await ReadAsync(clinic, signed.Id);
        Assert.Equal(new BloodPressure(132, 84), later.Content.Objective!.VitalSigns!.BloodPressure);
        Assert.Empty(later.VitalsCorrected);
    }

    [Fact]
    public async Task that_turn_out_to_be_wrong_are_said_beside_it_and_an_amendment_has_the_right_ones()
    {
        await using var clinic = await OpenAsync();
        var set = await RecordAsync(clinic, (VitalSign.Weight, 65.2m), (VitalSign.Height, 156));
        var signed = (await clinic.SignAsync(await clinic.FinishedAsync())).Value();
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(5);
        await using (var acting = clinic.Clinic.As(clinic.Nila))
        {
            (await acting.Get<IVitals>().CorrectAsync(new VitalCorrection(set.Values[0].Id, "Digits exchanged", 56.2m), Cancellation)).Value();
        }

        var read = await ReadAsync(clinic, signed.Id);

        Assert.Equal((65.2m, true, signed.Signature!.Hash), (read.Content.Objective!.VitalSigns!.Weight, read.Signature!.Matches, read.Signature.Hash));
        Assert.Equal(new VitalCorrected("Weight", "65.2\u00A0kg", "56.2\u00A0kg", clinic.Clinic.Clock.Now, "Nila Das", "Digits exchanged"), read.VitalsCorrected[0]);
        Assert.Equal([("Weight", "56.2\u00A0kg"), ("BMI", "23.1\u00A0kg/m²")], read.VitalsCorrected.Select(wrong => (wrong.Name, wrong.Right)));

        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(5);
        var draft = (await clinic.AskAsync(clinic.Asha, notes => notes.AmendAsync(new NoteAct(signed.Id, signed.PatientId, "Weight was wrong"), Cancellation))).Value();
        var amended = (await clinic.SignAsync(draft)).Value();
        Assert.Equal((56.2m, 23.1m, true), (amended.Content.Objective!.VitalSigns!.Weight, amended.Content.Objective.VitalSigns.Bmi, amended.Signature!.Matches));
        Assert.Empty(amended.VitalsCorrected);
        var differences = (await clinic.AskAsync(clinic.Nila, notes => notes.DifferencesAsync(signed.Id, signed.Version, amended.Version, Cancellation))).Value();
        Assert.Equal(["objective.vitalSigns.bmi", "objective.vitalSigns.weight"], differences.Select(d => d.Field).Order(StringComparer.Ordinal));
    }

    private static async Task<VitalSet> RecordAsync(NoteClinic clinic, params (VitalSign Sign, decimal Value)[] values)
    {
        await using var acting = clinic.Clinic.As(clinic.Nila);
        return (await acting.Get<IVitals>().RecordAsync(
            new VitalsDraft { PatientId = clinic.Meera, EncounterId = clinic.Visit, Entries = [.. values.Select(v => new VitalEntryDraft { Sign = v.Sign, Value = v.Value })] }, Cancellation)).Value();
    }

    private static async Task<NoteView> ReadAsync(NoteClinic clinic, Guid id) => (await clinic.AskAsync(clinic.Nila, notes => notes.ReadAsync(id, Cancellation))).Value();

    private Task<NoteClinic> OpenAsync() => NoteClinic.OpenAsync(databases, Mongo, withPasswords: true);
}

public sealed class TheVitalsOfANoteInPostgres(ClinicDatabase databases) : TheVitalsOfANote(databases)
{
    private protected override string? Mongo => null;
}

public sealed class TheVitalsOfANoteInMongo(ClinicDatabase databases, MongoOnTheWire mongo) : TheVitalsOfANote(databases), IClassFixture<MongoOnTheWire>
{
    private protected override string? Mongo => mongo.Server.Uri;
}
