using System.Text;
using DrAssistant.Data.Common;
using DrAssistant.Data.Recordings;
using DrAssistant.Portal.Tests.Stores.Documents.Mongo.Wire;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Recordings;

/// <summary>In the background, with what went wrong said in words; what was said is kept as it was heard, and edited beside it.</summary>
public sealed class TranscribingAVisit(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task makes_lines_of_what_was_heard_with_times_and_confidence(bool isMongo)
    {
        await using var server = isMongo ? new WireServer() : null;
        await using var speech = new SpeechServer();
        await using var clinic = await VoiceClinic.OpenAsync(databases, speech, server?.Uri);
        var (id, sound) = await clinic.RecordedAsync();

        await clinic.WorkAsync();

        var shown = await clinic.ShownAsync(id);
        Assert.Equal((RecordingStatus.Transcribed, id, null), (shown.Status, shown.TranscriptId, shown.Problem));
        var text = Assert.Single((await clinic.TextAsync(clinic.Nila, door => door.OfEncounterAsync(clinic.Visit, Cancellation))).Value());
        Assert.Equal("I have a cough.\nSince when?", text.Text); // what the model wrote into silence is not there
        Assert.Equal((TranscriptSource.Transcribed, id, "whisper-1", "english", 1, null), (text.Source, text.RecordingId, text.Engine, text.Language, text.Version, text.RawText));
        Assert.Equal(["I", "have", "a", "cough.", "Since", "when?"], text.Words.Select(word => text.Text.Substring(word.Start, word.Length)));
        Assert.Equal((0.9, 1.5, 0.9), (text.Words[3].From, text.Words[3].To, Math.Round(text.Words[3].Confidence!.Value, 2)));
        Assert.InRange(text.Confidence!.Value, 0.5, 0.9);
        Assert.Equal(("/v1/audio/transcriptions", "Bearer a key"), (speech.Path, speech.Authorization));
        var sent = Encoding.Latin1.GetString(Assert.Single(speech.Bodies));
        Assert.Contains(Encoding.Latin1.GetString(sound), sent, StringComparison.Ordinal);
        Assert.Contains("visit.webm", sent, StringComparison.Ordinal);
        if (server is not null)
        {
            // In the words of the seed.
            var document = Assert.Single(server.Documents("voiceRecordings"));
            Assert.Equal(("transcribed", id), (document.Get<string>("status"), document.Get<Guid>("transcriptionId")));
            Assert.IsType<DateTimeOffset>(document.Get<Data.Stores.Documents.Mongo.Bson.BsonDocument>("retentionPolicy")!["expiresAt"]);
            Assert.IsType<byte[]>(Assert.Single(server.Documents("transcripts"))["text"]);
        }
        else
        {
            Assert.Equal(1, await clinic.CountAsync("voice_recordings", "status = 'transcribed' AND (body -> 'metadata' -> 'processingStats' ->> 'wordCount')::int = 6 AND body ->> 'fileId' IS NOT NULL"));
            Assert.Equal(0, await clinic.CountAsync("transcripts", "body::text LIKE '%cough%'"));
        }
    }

    [Theory]
    [InlineData(503, "", "It was tried 5 times.")]
    [InlineData(401, "", "refused the practice's key")]
    [InlineData(400, "", "did not take this sound")]
    [InlineData(200, "<html>", "no transcript")]
    [InlineData(200, "[1, 2]", "no transcript")]
    [InlineData(200, """{"text": 7}""", "no transcript")]
    [InlineData(200, """{"text": "  ", "segments": []}""", "No speech heard.")]
    public async Task says_in_words_why_it_could_not_be_transcribed(int status, string body, string problem)
    {
        await using var speech = new SpeechServer();
        speech.Answer = (response, _) =>
        {
            response.StatusCode = status;
            return SpeechServer.JsonAsync(response, body);
        };
        await using var clinic = await VoiceClinic.OpenAsync(databases, speech);
        var (id, sound) = await clinic.RecordedAsync();

        for (var hour = 0; hour < 5; hour++)
        {
            await clinic.WorkAsync();
            clinic.Clinic.Clock.Now += TimeSpan.FromHours(1);
        }

        var shown = await clinic.ShownAsync(id);
        Assert.Equal(RecordingStatus.Error, shown.Status);
        Assert.Contains(problem, shown.Problem, StringComparison.Ordinal);
        Assert.Equal(sound, await clinic.HeardAsync(id));
        Assert.Equal(status == 503 ? 5 : 1, speech.Bodies.Count);

        speech.Answer = (response, _) => SpeechServer.JsonAsync(response, SpeechServer.Cough);
        Assert.Equal(RecordingStatus.Processing, (await clinic.AskAsync(clinic.Asha, door => door.RetryAsync(id, Cancellation))).Value().Status);
        await clinic.WorkAsync();
        Assert.Equal(RecordingStatus.Transcribed, (await clinic.ShownAsync(id)).Status);
        Assert.Equal(RefusalKind.Conflict, (await clinic.AskAsync(clinic.Asha, door => door.RetryAsync(id, Cancellation))).Refusal?.Kind);
    }

    [Fact]
    public async Task does_not_wait_for_ever_and_takes_no_hundred_megabytes()
    {
        await using var speech = new SpeechServer();
        speech.Answer = (_, over) => Task.Delay(Timeout.Infinite, over);
        await using var clinic = await VoiceClinic.OpenAsync(databases, speech, settings: new() { ["Transcription:Service:Timeout"] = "00:00:01" });
        var (slow, _) = await clinic.RecordedAsync();
        await clinic.WorkAsync();
        Assert.Equal(RecordingStatus.Processing, (await clinic.ShownAsync(slow)).Status); // it may pass
        await clinic.AskAsync(clinic.Asha, door => door.CancelTranscriptionAsync(slow, Cancellation));

        speech.Answer = async (response, over) =>
        {
            response.ContentLength64 = 100_000_000;
            for (var sent = 0; sent < 100; sent++)
            {
                await response.OutputStream.WriteAsync(new byte[1_000_000], over);
            }
        };
        var (large, _) = await clinic.RecordedAsync();
        await clinic.WorkAsync();
        Assert.Contains("more than a visit", (await clinic.ShownAsync(large)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_given_up_while_it_runs_and_taken_up_again()
    {
        await using var speech = new SpeechServer();
        var asked = new TaskCompletionSource();
        speech.Answer = (_, over) =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, over);
        };
        await using var clinic = await VoiceClinic.OpenAsync(databases, speech);
        var (id, sound) = await clinic.RecordedAsync();
        var work = clinic.Worker.WorkAsync(Cancellation);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        var given = (await clinic.AskAsync(clinic.Nila, door => door.CancelTranscriptionAsync(id, Cancellation))).Value();

        Assert.Equal((RecordingStatus.Error, "Given up."), (given.Status, given.Problem));
        Assert.True(await work.WaitAsync(TimeSpan.FromSeconds(30), Cancellation)); // within two beats
        Assert.Equal("Given up.", (await clinic.ShownAsync(id)).Problem);
        Assert.Equal(sound, await clinic.HeardAsync(id));
        Assert.Empty((await clinic.TextAsync(clinic.Asha, door => door.OfEncounterAsync(clinic.Visit, Cancellation))).Value());

        speech.Answer = (response, _) => SpeechServer.JsonAsync(response, SpeechServer.Cough);
        Assert.True((await clinic.AskAsync(clinic.Asha, door => door.RetryAsync(id, Cancellation))).Succeeded);
        await clinic.WorkAsync();
        Assert.Equal(RecordingStatus.Transcribed, (await clinic.ShownAsync(id)).Status);
    }

    [Fact]
    public async Task is_done_by_another_server_where_one_died_over_it()
    {
        await using var speech = new SpeechServer();
        await using var clinic = await VoiceClinic.OpenAsync(databases, speech);
        var (id, _) = await clinic.RecordedAsync();
        await clinic.Clinic.RunAsync("UPDATE recordings SET claim = $2, claimed_until = $3 WHERE id = $1", id, Guid.CreateVersion7(), clinic.Clinic.Clock.Now.AddMinutes(2));

        Assert.False(await clinic.Worker.WorkAsync(Cancellation));
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(3);
        await clinic.WorkAsync();

        Assert.Equal(RecordingStatus.Transcribed, (await clinic.ShownAsync(id)).Status);
    }

    [Fact]
    public async Task says_that_there_is_no_engine_where_there_is_none()
    {
        await using var clinic = await VoiceClinic.OpenAsync(databases);
        var (id, _) = await clinic.RecordedAsync();

        await clinic.WorkAsync();

        Assert.Contains("typed or pasted", (await clinic.ShownAsync(id)).Problem, StringComparison.Ordinal);
        await using var acting = clinic.Clinic.As(clinic.Asha);
        Assert.Equal((null, false), acting.Get<ITranscripts>().Ways() is var ways ? (ways.Engine, ways.LeavesThisMachine) : default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task keeps_what_was_heard_beside_what_the_doctor_made_of_it(bool isMongo)
    {
        await using var server = isMongo ? new WireServer() : null;
        await using var speech = new SpeechServer();
        await using var clinic = await VoiceClinic.OpenAsync(databases, speech, server?.Uri);
        var (id, _) = await clinic.RecordedAsync();
        await clinic.WorkAsync();

        var edited = (await EditAsync(clinic, id, 1, "Patient: I have a bad cough.\nDoctor: Since when?")).Value();

        Assert.Equal(("I have a cough.\nSince when?", 2, 6), (edited.RawText, edited.Version, edited.Words.Count));
        Assert.Equal(edited.Text, (await EditAsync(clinic, id, 1, edited.Text)).Value().Text); // the answer was lost, and it is sent again
        Assert.Equal(RefusalKind.Conflict, (await EditAsync(clinic, id, 1, "Somebody else's", clinic.Nila)).Refusal?.Kind);
        Assert.Equal("I have a cough.\nSince when?", (await EditAsync(clinic, id, 2, "Third")).Value().RawText);
        Assert.Equal(RefusalKind.NotFound, (await EditAsync(clinic, id, 3, "Not mine", clinic.Basu)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await EditAsync(clinic, id, 3, "Not mine", clinic.Devi)).Refusal?.Kind);
        Assert.Equal(2, (await clinic.Clinic.TrailOfAsync(clinic.Asha)).Count(e => e.Event == "transcript.edit"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task takes_what_was_typed_or_pasted_once(bool isMongo)
    {
        await using var server = isMongo ? new WireServer() : null;
        await using var clinic = await VoiceClinic.OpenAsync(databases, mongo: server?.Uri);
        var typed = new TypedTranscript(Guid.CreateVersion7(), clinic.Visit, clinic.Meera, "Doctor: Hello.\r\nPatient: \u0007I cough.");

        var kept = (await clinic.TextAsync(clinic.Asha, door => door.TypeAsync(typed, Cancellation))).Value();
        var again = (await clinic.TextAsync(clinic.Asha, door => door.TypeAsync(typed, Cancellation))).Value();

        Assert.Equal(("Doctor: Hello.\nPatient: I cough.", null, TranscriptSource.Typed, null), (kept.Text, kept.RawText, kept.Source, kept.Confidence));
        Assert.Equal(kept.Id, again.Id);
        Assert.Single((await clinic.TextAsync(clinic.Asha, door => door.OfEncounterAsync(clinic.Visit, Cancellation))).Value());
        Assert.Empty((await clinic.TextAsync(clinic.Basu, door => door.OfEncounterAsync(clinic.Visit, Cancellation))).Value());
        Assert.Equal(RefusalKind.Invalid, (await clinic.TextAsync(clinic.Asha, door => door.TypeAsync(typed with { Text = " \n " }, Cancellation))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await clinic.TextAsync(clinic.Asha, door => door.TypeAsync(typed with { Id = Guid.CreateVersion7(), PatientId = Guid.CreateVersion7() }, Cancellation))).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await clinic.TextAsync(clinic.Basu, door => door.TypeAsync(typed with { Id = Guid.CreateVersion7() }, Cancellation))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await clinic.TextAsync(clinic.Devi, door => door.TypeAsync(typed, Cancellation))).Refusal?.Kind);
    }

    private static Task<Result<TranscriptView>> EditAsync(VoiceClinic clinic, Guid id, int version, string text, ClinicPerson? by = null)
        => clinic.TextAsync(by ?? clinic.Asha, door => door.EditAsync(new TranscriptEdit(id, clinic.Meera, version, text), Cancellation));
}
