using DrAssistant.Data.Common;
using DrAssistant.Data.Drafting.Review;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Patients.Merging;
using DrAssistant.Data.Recordings;
using DrAssistant.Portal.Tests.Stores.Documents.Mongo.Wire;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Recordings;

/// <summary>Two records become one, wherever the documents are: what was recorded, heard and drafted is the surviving record's, and can be worked on there.</summary>
public sealed class AfterAMerge(ClinicDatabase databases)
{
    private const string Said = "Doctor: What is the matter?\nPatient: I have had a fever for four days and a bad cough.\nDoctor: I will prescribe paracetamol 500 mg twice a day.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_said_is_heard_read_and_drafted_from_in_the_record_that_stays_and_goes_back_with_an_undoing(bool isMongo)
    {
        await using var server = isMongo ? new WireServer() : null;
        await using var speech = new SpeechServer();
        await using var clinic = await VoiceClinic.OpenAsync(databases, speech, server?.Uri);
        var survivor = await OtherRecordAsync(clinic);
        var (id, sound) = await clinic.RecordedAsync();
        await clinic.WorkAsync();
        (await clinic.TextAsync(clinic.Asha, door => door.TypeAsync(new TypedTranscript(Guid.CreateVersion7(), clinic.Visit, clinic.Meera, Said), Cancellation))).Value();
        var note = await NotesAsync(clinic, clinic.Asha, notes => notes.BeginAsync(new NoteStart(clinic.Visit, clinic.Meera), Cancellation));
        var draft = (await DraftAsync(clinic, clinic.Asha, clinic.Meera)).Value();
        Assert.Equal(2, draft.Sources.Count);
        Assert.Empty((await clinic.AskAsync(clinic.Basu, door => door.OfEncounterAsync(clinic.Visit, Cancellation))).Value());

        var merge = await MergeAsync(clinic, survivor);
        await clinic.RelayAsync();

        var recording = Assert.Single((await clinic.AskAsync(clinic.Basu, door => door.OfEncounterAsync(clinic.Visit, Cancellation))).Value());
        Assert.Equal((id, survivor), (recording.Id, recording.PatientId));
        Assert.Equal(sound, await clinic.HeardAsync(id, clinic.Basu));
        var texts = (await clinic.TextAsync(clinic.Basu, door => door.OfEncounterAsync(clinic.Visit, Cancellation))).Value();
        Assert.Equal([survivor, survivor], texts.Select(t => t.PatientId));
        var read = (await ReviewsAsync(clinic, clinic.Basu, reviews => reviews.OfEncounterAsync(clinic.Visit, Cancellation))).Value();
        Assert.Equal((draft.Id, survivor), (read.Id, read.PatientId));
        Assert.Equal(draft.Sentences.Select(s => s.Text), read.Sentences.Select(s => s.Text));
        (await ReviewsAsync(clinic, clinic.Asha, reviews => reviews.DecideAsync(new DraftDecision(draft.Id, survivor, [0], SentenceState.Refused), Cancellation))).Value();
        (await ReviewsAsync(clinic, clinic.Asha, reviews => reviews.DecideAsync(new DraftDecision(draft.Id, clinic.Meera, [0], SentenceState.Open), Cancellation))).AssertRefused(RefusalKind.Invalid);
        (await clinic.TextAsync(clinic.Asha, door => door.EditAsync(new TranscriptEdit(id, survivor, 1, "Patient: I have a bad cough."), Cancellation))).Value();
        (await DraftAsync(clinic, clinic.Asha, survivor)).Value();
        var taken = (await TakeAsync(clinic, note.Id, survivor, draft)).Value().Note;
        Assert.Contains("aracetamol", string.Join(' ', taken.Content.Plan?.Medications ?? []), StringComparison.Ordinal);
        await clinic.RelayAsync();
        await AllAreOfAsync(clinic, server, survivor, typed: 1, heard: 1, drafts: 2);

        (await MergingAsync(clinic, door => door.UndoAsync(merge, "They are two people after all", Cancellation))).Value();
        await clinic.RelayAsync();

        Assert.Empty((await clinic.AskAsync(clinic.Basu, door => door.OfEncounterAsync(clinic.Visit, Cancellation))).Value());
        Assert.Empty((await clinic.TextAsync(clinic.Basu, door => door.OfEncounterAsync(clinic.Visit, Cancellation))).Value());
        (await ReviewsAsync(clinic, clinic.Basu, reviews => reviews.OfEncounterAsync(clinic.Visit, Cancellation))).AssertRefused(RefusalKind.NotFound);
        Assert.Equal(clinic.Meera, (await ReviewsAsync(clinic, clinic.Asha, reviews => reviews.OfEncounterAsync(clinic.Visit, Cancellation))).Value().PatientId);
        await AllAreOfAsync(clinic, server, clinic.Meera, typed: 1, heard: 1, drafts: 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_being_heard_meanwhile_lies_in_the_record_that_stays(bool isMongo)
    {
        await using var server = isMongo ? new WireServer() : null;
        await using var speech = new SpeechServer();
        var (asked, merged) = (new TaskCompletionSource(), new TaskCompletionSource());
        speech.Answer = async (response, _) =>
        {
            asked.TrySetResult();
            await merged.Task;
            await SpeechServer.JsonAsync(response, SpeechServer.Cough);
        };
        await using var clinic = await VoiceClinic.OpenAsync(databases, speech, server?.Uri);
        var survivor = await OtherRecordAsync(clinic);
        var (id, _) = await clinic.RecordedAsync();
        await clinic.RelayAsync();
        var work = clinic.Worker.WorkAsync(Cancellation);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        await MergeAsync(clinic, survivor);
        await clinic.RelayAsync();
        merged.SetResult();

        // In PostgreSQL the visit is no longer that patient's, so that what was heard is not kept, and is heard again.
        await Record.ExceptionAsync(() => work);
        clinic.Clinic.Clock.Now += TimeSpan.FromHours(1);
        await clinic.WorkAsync();

        Assert.Equal(RecordingStatus.Transcribed, (await clinic.ShownAsync(id)).Status);
        var text = Assert.Single((await clinic.TextAsync(clinic.Basu, door => door.OfEncounterAsync(clinic.Visit, Cancellation))).Value());
        Assert.Equal(survivor, text.PatientId);
        await AllAreOfAsync(clinic, server, survivor, typed: 0, heard: 1, drafts: 0);
    }

    /// <summary>Another record of the same person, in the care of Dr. Basu.</summary>
    private static async Task<Guid> OtherRecordAsync(VoiceClinic clinic)
    {
        var other = await clinic.Clinic.Given.PatientAsync("Mira");
        await clinic.Clinic.Given.EncounterAsync(clinic.Basu, other, clinic.Clinic.Clock.Now.AddDays(-3));
        return other;
    }

    private static async Task<Guid> MergeAsync(VoiceClinic clinic, Guid survivor)
    {
        await using var desk = clinic.Clinic.As(clinic.Devi);
        var ask = new MergeDraft(survivor, clinic.Meera, new Dictionary<MergeField, MergeSide>(), "One card was shown for both");
        var merge = (await desk.Get<IPatientMerging>().AskAsync(ask, Cancellation)).Value();
        (await MergingAsync(clinic, door => door.ApproveAsync(merge, "Seen both cards", Cancellation))).Value();
        return merge;
    }

    private static async Task<Result<MergeRequest>> MergingAsync(VoiceClinic clinic, Func<IPatientMerging, Task<Result<MergeRequest>>> act)
    {
        await using var admin = clinic.Clinic.As(await clinic.Clinic.Given.AdminAsync($"Admin {Guid.CreateVersion7():N}"));
        return await act(admin.Get<IPatientMerging>());
    }

    private static async Task<Result<DraftReview>> DraftAsync(VoiceClinic clinic, ClinicPerson by, Guid patient)
    {
        var said = (await clinic.TextAsync(by, door => door.OfEncounterAsync(clinic.Visit, Cancellation))).Value();
        return await ReviewsAsync(clinic, by, reviews => reviews.DraftAsync(new DraftAsk(Guid.CreateVersion7(), clinic.Visit, patient, [.. said.Select(t => t.Id)]), Cancellation));
    }

    private static async Task<Result<DraftReview>> ReviewsAsync(VoiceClinic clinic, ClinicPerson by, Func<IDraftReviews, Task<Result<DraftReview>>> ask)
    {
        await using var acting = clinic.Clinic.As(by);
        return await ask(acting.Get<IDraftReviews>());
    }

    private static async Task<NoteView> NotesAsync(VoiceClinic clinic, ClinicPerson by, Func<IClinicalNotes, Task<Result<NoteView>>> ask)
    {
        await using var acting = clinic.Clinic.As(by);
        return (await ask(acting.Get<IClinicalNotes>())).Value();
    }

    private static async Task<Result<SavedNote>> TakeAsync(VoiceClinic clinic, Guid note, Guid patient, DraftReview draft)
    {
        var page = await NotesAsync(clinic, clinic.Asha, notes => notes.ReadAsync(note, Cancellation));
        Assert.Equal(patient, page.PatientId);
        var medicine = draft.Sentences.First(s => s.Field == "plan.medications");
        await using var acting = clinic.Clinic.As(clinic.Asha);
        return await acting.Get<IClinicalNotes>().TakeDraftedAsync(Notes.NoteClinic.Draft(page, page.Content), new DraftTaking(draft.Id, [new SentenceTaking(medicine.Number)]), Cancellation);
    }

    /// <summary>Looked at in the store itself.</summary>
    private static async Task AllAreOfAsync(VoiceClinic clinic, WireServer? server, Guid patient, int typed, int heard, int drafts)
    {
        (string Table, string Collection, int Count)[] all = [("voice_recordings", "voiceRecordings", heard), ("transcripts", "transcripts", typed + heard), ("note_drafts", "noteDrafts", drafts)];
        foreach (var (table, collection, count) in all)
        {
            if (server is null)
            {
                Assert.Equal((count, 0), ((int)await clinic.CountAsync(table, $"patient_id = '{patient}'"), (int)await clinic.CountAsync(table, $"patient_id <> '{patient}'")));
            }
            else
            {
                Assert.Equal(Enumerable.Repeat(patient, count), server.Documents(collection).Select(document => document.Get<Guid>("patientId")));
            }
        }

        Assert.Equal(heard, await clinic.CountAsync("recordings", $"patient_id = '{patient}'"));
    }
}
