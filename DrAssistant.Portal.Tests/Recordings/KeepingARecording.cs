using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Recordings;
using DrAssistant.Data.Stores.Objects;
using DrAssistant.Data.Stores.Recordings;
using DrAssistant.Portal.Tests.Stores.Documents.Mongo.Wire;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Recordings;

/// <summary>How long a recording is kept, and where: in the bucket until its note is signed, then in the object store, and nowhere once it has expired or is withdrawn.</summary>
public sealed class KeepingARecording(ClinicDatabase databases)
{
    private const string Password = "a long enough phrase";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task moves_it_to_the_object_store_when_its_note_is_signed(bool isMongo)
    {
        await using var server = isMongo ? new WireServer() : null;
        await using var speech = new SpeechServer();
        await using var clinic = await VoiceClinic.OpenAsync(databases, speech, server?.Uri);
        var (id, sound) = await clinic.RecordedAsync();
        await clinic.WorkAsync();
        await SignAsync(clinic);
        Assert.Equal(1, await clinic.CountAsync("recordings", "place = 'bucket'"));

        await SettleAsync(clinic);

        Assert.Equal(1, await clinic.CountAsync("recordings", "place = 'objects' AND content_key IS NOT NULL"));
        Assert.Equal(0, isMongo ? server!.Documents(GridFsShelf.Files).Count + server.Documents(GridFsShelf.Parts).Count : await clinic.CountAsync("recording_chunks"));
        Assert.Equal(sound, await clinic.HeardAsync(id, clinic.Nila));
        Assert.Equal(RefusalKind.NotFound, (await clinic.AskAsync(clinic.Basu, door => door.ListenAsync(id, 0, 10, Cancellation))).Refusal?.Kind);

        // One that becomes ready later follows at once.
        var (late, other) = await clinic.RecordedAsync(1);
        await clinic.WorkAsync();
        Assert.Equal(2, await clinic.CountAsync("recordings", "place = 'objects'"));
        Assert.Equal(other, await clinic.HeardAsync(late));
    }

    [Theory]
    [InlineData("parts", false)]
    [InlineData("bucket", false)]
    [InlineData("bucket", true)]
    [InlineData("objects", false)]
    [InlineData("objects", true)]
    public async Task erases_it_everywhere_when_it_has_expired(string place, bool isMongo)
    {
        await using var server = isMongo ? new WireServer() : null;
        await using var speech = new SpeechServer();
        await using var clinic = await VoiceClinic.OpenAsync(databases, speech, server?.Uri);
        var (id, _) = await clinic.RecordedAsync();
        var typed = new TypedTranscript(Guid.CreateVersion7(), clinic.Visit, clinic.Meera, "Typed beside it.");
        await clinic.TextAsync(clinic.Asha, door => door.TypeAsync(typed, Cancellation));
        if (place != "parts")
        {
            await clinic.WorkAsync();
        }

        if (place == "objects")
        {
            await SignAsync(clinic);
            await SettleAsync(clinic);
        }

        Assert.Equal(1, await clinic.CountAsync("recordings", $"place = '{place}'"));
        var key = (await RowAsync(clinic, id)).ContentKey;
        clinic.Clinic.Clock.Now = clinic.Clinic.At("23:59", 90);
        Assert.Equal(0, await clinic.Sweep.SweepAsync(Cancellation));
        clinic.Clinic.Clock.Now += TimeSpan.FromDays(1);

        Assert.Equal(2, await clinic.Sweep.SweepAsync(Cancellation));
        Assert.Equal(0, await clinic.Sweep.SweepAsync(Cancellation));
        await clinic.RelayAsync();

        var shown = await clinic.ShownAsync(id);
        Assert.Equal((RecordingStatus.Erased, null), (shown.Status, shown.TranscriptId));
        Assert.Equal((0, 0, 0), (await clinic.CountAsync("recording_parts"), await clinic.CountAsync("recording_files"), await clinic.CountAsync("recording_chunks")));
        Assert.Empty((await clinic.TextAsync(clinic.Asha, door => door.OfEncounterAsync(clinic.Visit, Cancellation))).Value());
        Assert.Equal(RefusalKind.Conflict, (await clinic.AskAsync(clinic.Asha, door => door.ListenAsync(id, 0, 10, Cancellation))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Conflict, (await clinic.AskAsync(clinic.Asha, door => door.RetryAsync(id, Cancellation))).Refusal?.Kind);
        Assert.Equal(1, await clinic.CountAsync("audit_events", $"event = 'recording.erase' AND resource_id = '{id}' AND reason = 'expired' AND patient_id = '{clinic.Meera}'"));
        Assert.Equal(1, await clinic.CountAsync("audit_events", $"event = 'transcript.erase' AND resource_id = '{typed.Id}'"));
        await using var system = clinic.Clinic.AsSystem();
        Assert.False(key is not null && await system.Get<IRecordingBucket>().ExistsAsync(key, Cancellation));
        Assert.False(place == "objects" && await system.Get<IObjectStore>().ExistsAsync(key!, Cancellation));
        if (server is not null)
        {
            Assert.Equal("erased", Assert.Single(server.Documents("voiceRecordings")).Get<string>("status"));
            Assert.All(server.Documents("transcripts"), document => Assert.False(document.Has("text")));
            Assert.Empty(server.Documents(GridFsShelf.Parts));
        }
        else
        {
            var texts = place == "parts" ? 1 : 2; // what is still in parts was not transcribed
            Assert.Equal(texts, await clinic.CountAsync("transcripts", "status = 'erased' AND NOT body ? 'text' AND NOT body ? 'words'"));
        }
    }

    [Fact]
    public async Task ends_it_when_the_patient_withdraws_the_consent_and_keeps_what_was_recorded_till_then()
    {
        await using var speech = new SpeechServer();
        await using var clinic = await VoiceClinic.OpenAsync(databases, speech);
        var sound = VoiceClinic.Sound(1000);
        var id = (await clinic.BeginAsync(clinic.Start())).Value().Id;
        await clinic.SendAsync(id, 0, sound);
        await clinic.SendAsync(id, 2, [1]);

        var view = (await clinic.AskAsync(clinic.Nila, door => door.WithdrawAsync(id, erase: false, Cancellation))).Value();

        Assert.Equal((RecordingStatus.Error, "The patient withdrew the consent."), (view.Status, view.Problem));
        Assert.Equal(RefusalKind.Conflict, (await clinic.SendAsync(id, 1, [1])).Refusal?.Kind);
        Assert.Equal(RefusalKind.Conflict, (await clinic.FinishAsync(id, 3)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Conflict, (await clinic.AskAsync(clinic.Asha, door => door.RetryAsync(id, Cancellation))).Refusal?.Kind);
        await clinic.WorkAsync();
        Assert.Equal(sound, await clinic.HeardAsync(id));
        Assert.Empty(speech.Bodies);
        Assert.Equal(1, await clinic.CountAsync("consents", "withdrawn_at IS NOT NULL"));
        await clinic.AskAsync(clinic.Nila, door => door.WithdrawAsync(id, erase: false, Cancellation));
        Assert.Single(await clinic.Clinic.TrailOfAsync(clinic.Nila), e => e.Event == "consent.withdraw");
    }

    [Fact]
    public async Task erases_it_at_once_when_the_patient_wants_that()
    {
        await using var speech = new SpeechServer();
        await using var clinic = await VoiceClinic.OpenAsync(databases, speech);
        var (id, _) = await clinic.RecordedAsync();
        await clinic.WorkAsync();
        var (early, _) = await clinic.RecordedAsync();

        Assert.Equal(RefusalKind.NotFound, (await clinic.AskAsync(clinic.Basu, door => door.WithdrawAsync(id, erase: true, Cancellation))).Refusal?.Kind);
        foreach (var one in new[] { id, early })
        {
            Assert.Equal(RecordingStatus.Erased, (await clinic.AskAsync(clinic.Asha, door => door.WithdrawAsync(one, erase: true, Cancellation))).Value().Status);
        }

        Assert.Equal((0, 0), (await clinic.CountAsync("recording_parts"), await clinic.CountAsync("recording_chunks")));
        Assert.Equal(1, await clinic.CountAsync("transcripts", "status = 'erased' AND NOT body ? 'text'"));
        await clinic.WorkAsync();
        Assert.Equal(2, await clinic.CountAsync("voice_recordings", "status = 'erased'"));
        Assert.Equal(2, (await clinic.Clinic.TrailOfAsync(clinic.Asha)).Count(e => e.Event == "recording.erase" && e.Reason == "consent withdrawn"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => clinic.Clinic.RunAsync("UPDATE recordings SET status = 'error', place = 'parts' WHERE id = $1", id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task takes_away_what_a_crash_left_and_ends_what_a_browser_left(bool isMongo)
    {
        await using var server = isMongo ? new WireServer() : null;
        await using var clinic = await VoiceClinic.OpenAsync(databases, mongo: server?.Uri);
        var (kept, sound) = await clinic.RecordedAsync();
        await clinic.WorkAsync();
        var left = (await clinic.BeginAsync(clinic.Start())).Value().Id;
        await clinic.SendAsync(left, 0, sound[..5000]);
        var nothing = (await clinic.BeginAsync(clinic.Start())).Value().Id;
        await using var system = clinic.Clinic.AsSystem();
        await using var content = new MemoryStream([1, 2, 3]);
        var orphan = await system.Get<IRecordingBucket>().PutAsync(content, "audio/webm", Cancellation);

        await clinic.Sweep.SweepAsync(Cancellation);
        Assert.True(await system.Get<IRecordingBucket>().ExistsAsync(orphan.Key, Cancellation));
        clinic.Clinic.Clock.Now += TimeSpan.FromHours(25);
        await clinic.Sweep.SweepAsync(Cancellation);
        await clinic.WorkAsync();

        Assert.False(await system.Get<IRecordingBucket>().ExistsAsync(orphan.Key, Cancellation));
        Assert.Equal(sound, await clinic.HeardAsync(kept));
        Assert.Equal(sound[..5000], await clinic.HeardAsync(left));
        Assert.Equal(RecordingStatus.Erased, (await clinic.ShownAsync(nothing)).Status);
    }

    private static async Task<Recording> RowAsync(VoiceClinic clinic, Guid id)
    {
        await using var system = clinic.Clinic.AsSystem();
        return (await system.Get<RecordingRows>().FindAsync(id, Cancellation))!;
    }

    private static async Task SignAsync(VoiceClinic clinic)
    {
        await using (var system = clinic.Clinic.AsSystem())
        {
            var hash = KeptPasswords.Of(Password, system);
            await clinic.Clinic.BehindAsync(db => db.Users.ExecuteUpdateAsync(u => u
                .SetProperty(s => s.PasswordHash, hash).SetProperty(s => s.Qualification, "MD").SetProperty(s => s.RegistrationNumber, "KMC 1").SetProperty(s => s.RegistrationCouncil, "KMC"), Cancellation));
        }

        await using var acting = clinic.Clinic.As(clinic.Asha);
        var notes = acting.Get<IClinicalNotes>();
        var page = (await notes.BeginAsync(new NoteStart(clinic.Visit, clinic.Meera), Cancellation)).Value();
        var saved = (await notes.SaveAsync(
            new NoteDraft
            {
                NoteId = page.Id, PatientId = page.PatientId, BasedOn = page.Version, Base = page.Content, Settled = [],
                Content = new()
                {
                    Subjective = new() { ChiefComplaint = "Cough" }, Objective = new() { VitalSigns = new() { Temperature = 38.20m } },
                    Assessment = new() { Diagnoses = [new("Acute bronchitis", "J20.9")] }, Plan = new() { FollowUp = "In a week" },
                },
            },
            Cancellation)).Value().Note;
        (await notes.SignAsync(new NoteSigning(saved.Id, saved.PatientId, saved.Version, Password), Cancellation)).Value();
    }

    /// <summary>Later, when the outbox has told everybody that the note is signed.</summary>
    private static async Task SettleAsync(VoiceClinic clinic)
    {
        clinic.Clinic.Clock.Now += NoteIntents.Patience;
        await clinic.RelayAsync();
    }
}
