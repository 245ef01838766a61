using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Recordings;
using DrAssistant.Portal.Tests.Stores.Documents.Mongo.Wire;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Recordings;

/// <summary>Consent first; parts that survive whatever happens on their way; put together once.</summary>
public sealed class RecordingAVisit(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task puts_the_consent_on_file_with_the_recording_and_tells_the_audit_trail()
    {
        await using var clinic = await VoiceClinic.OpenAsync(databases);

        var view = (await clinic.BeginAsync(clinic.Start() with { Consent = ConsentManner.ByGuardian })).Value();

        Assert.Equal((RecordingStatus.Recording, ConsentManner.ByGuardian, "Asha Rao"), (view.Status, view.Consent, view.ConsentBy));
        Assert.Equal(clinic.Clinic.Clock.Now, view.ConsentAt);
        Assert.Equal(clinic.Clinic.At("00:00", 91), view.ExpiresAt); // ninety days after the day of the visit
        Assert.Contains("90 days", view.RetentionReason, StringComparison.Ordinal);
        Assert.Equal(1, await clinic.CountAsync("consents", $"patient_id = '{clinic.Meera}' AND encounter_id = '{clinic.Visit}' AND purpose = 'voice_recording' AND given_how = 'by_guardian' AND withdrawn_at IS NULL"));
        Assert.Equal(["consent.record", "recording.begin"], (await clinic.Clinic.TrailOfAsync(clinic.Asha)).Select(e => e.Event).Order());
    }

    [Fact]
    public async Task begins_once_however_often_it_is_asked()
    {
        await using var clinic = await VoiceClinic.OpenAsync(databases);
        var start = clinic.Start();

        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => clinic.BeginAsync(start)));

        Assert.All(all, result => Assert.Equal(start.Id, result.Value().Id));
        Assert.Equal((1, 1), (await clinic.CountAsync("recordings"), await clinic.CountAsync("consents", "purpose = 'voice_recording'")));
        Assert.Equal(RefusalKind.Conflict, (await clinic.BeginAsync(start, clinic.Nila)).Refusal?.Kind);
    }

    [Fact]
    public async Task is_refused_without_consent_in_a_closed_visit_on_anothers_chart_and_to_whoever_is_not_in_care()
    {
        await using var clinic = await VoiceClinic.OpenAsync(databases);
        var closed = await clinic.Clinic.Given.EncounterAsync(clinic.Asha, clinic.Meera, clinic.Clinic.Clock.Now, EncounterStatus.Completed);
        var other = await clinic.Clinic.Given.PatientAsync();

        Assert.Equal(RefusalKind.Invalid, (await clinic.BeginAsync(clinic.Start() with { Consent = (ConsentManner)7 })).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await clinic.BeginAsync(clinic.Start() with { MimeType = "text/html" })).Refusal?.Kind);
        Assert.Equal(RefusalKind.Conflict, (await clinic.BeginAsync(clinic.Start() with { EncounterId = closed })).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await clinic.BeginAsync(clinic.Start() with { PatientId = other })).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await clinic.BeginAsync(clinic.Start(), clinic.Basu)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await clinic.BeginAsync(clinic.Start(), clinic.Devi)).Refusal?.Kind);
        Assert.Equal((0, 0), (await clinic.CountAsync("recordings"), await clinic.CountAsync("consents", "purpose = 'voice_recording'")));
        Assert.True((await clinic.BeginAsync(clinic.Start(), clinic.Nila)).Succeeded);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task takes_parts_in_any_order_and_twice_and_puts_them_together_once(bool isMongo)
    {
        await using var server = isMongo ? new WireServer() : null;
        await using var clinic = await VoiceClinic.OpenAsync(databases, mongo: server?.Uri);
        var sound = VoiceClinic.Sound(700_000);
        var pieces = sound.Chunk(100_000).ToList();
        var id = (await clinic.BeginAsync(clinic.Start())).Value().Id;

        Assert.Equal([1], (await clinic.SendAsync(id, 1, pieces[1])).Value().Beyond);
        Assert.Equal((2, 200_000L), (await clinic.SendAsync(id, 0, pieces[0])).Value() is var p ? (p.Next, p.Bytes) : default);
        Assert.Equal(200_000L, (await clinic.SendAsync(id, 0, pieces[0])).Value().Bytes);
        await Task.WhenAll(Enumerable.Range(2, 5).SelectMany(n => new[] { n, n }).Select(n => clinic.SendAsync(id, n, pieces[n])));
        Assert.Equal((7, 700_000L), (await clinic.AskAsync(clinic.Asha, door => door.ProgressAsync(id, Cancellation))).Value() is var q ? (q.Next, q.Bytes) : default);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => clinic.FinishAsync(id, 7))), end => Assert.Equal(RecordingStatus.Processing, end.Value().Status));

        await clinic.WorkAsync();

        Assert.Equal(sound, await clinic.HeardAsync(id));
        Assert.Equal((0, 1), (await clinic.CountAsync("recording_parts"), await clinic.CountAsync("recordings", "place = 'bucket'")));
        Assert.Equal(isMongo ? 0 : 1, await clinic.CountAsync("recording_files"));
        Assert.Equal(7, (await clinic.SendAsync(id, 3, pieces[3])).Value().Next); // late, and there already
        Assert.Equal(RefusalKind.Conflict, (await clinic.SendAsync(id, 7, pieces[3])).Refusal?.Kind);
        var shown = await clinic.ShownAsync(id);
        Assert.Equal(("audio/webm", 700_000L, 12.0), (shown.MimeType, shown.Bytes, shown.Seconds));
        Assert.Single(await clinic.Clinic.TrailOfAsync(clinic.Asha), e => e.Event == "recording.finish");
    }

    [Fact]
    public async Task refuses_a_damaged_part_another_sound_under_a_number_and_what_is_too_large()
    {
        await using var clinic = await VoiceClinic.OpenAsync(databases, settings: new() { ["Clinic:Recordings:MostMegabytes"] = "1" });
        var id = (await clinic.BeginAsync(clinic.Start())).Value().Id;
        var part = VoiceClinic.Part(id, 0, [1, 2, 3]);

        Assert.Equal(RefusalKind.Invalid, (await clinic.AskAsync(clinic.Asha, door => door.TakePartAsync(part with { Bytes = new byte[] { 1, 2, 4 } }, Cancellation))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await clinic.AskAsync(clinic.Asha, door => door.TakePartAsync(part with { Sha256 = part.Sha256.ToUpperInvariant() }, Cancellation))).Refusal?.Kind);
        Assert.Equal(0, (await clinic.AskAsync(clinic.Asha, door => door.ProgressAsync(id, Cancellation))).Value().Next);
        Assert.True((await clinic.SendAsync(id, 0, [1, 2, 3])).Succeeded);
        Assert.Equal(RefusalKind.Conflict, (await clinic.SendAsync(id, 0, [9, 9, 9])).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await clinic.SendAsync(id, -1, [1])).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await clinic.SendAsync(id, 1, [])).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await clinic.SendAsync(id, 1, new byte[RecordingPart.MostBytes + 1])).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await clinic.SendAsync(id, 1, new byte[RecordingPart.MostBytes])).Refusal?.Kind); // three bytes more than one megabyte in all
        Assert.Equal(RefusalKind.NotFound, (await clinic.SendAsync(Guid.CreateVersion7(), 0, [1])).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await clinic.SendAsync(id, 1, [1], clinic.Basu)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await clinic.SendAsync(id, 1, [1], clinic.Devi)).Refusal?.Kind);
        Assert.Equal(3L, (await clinic.ShownAsync(id)).Bytes);
    }

    [Fact]
    public async Task waits_for_parts_on_their_way_and_says_at_last_how_many_never_came()
    {
        await using var clinic = await VoiceClinic.OpenAsync(databases);
        var pieces = VoiceClinic.Sound(300_000).Chunk(100_000).ToList();
        var (kept, lost) = ((await clinic.BeginAsync(clinic.Start())).Value().Id, (await clinic.BeginAsync(clinic.Start())).Value().Id);
        foreach (var id in new[] { kept, lost })
        {
            await clinic.SendAsync(id, 0, pieces[0]);
            await clinic.SendAsync(id, 2, pieces[2]);
            Assert.True((await clinic.FinishAsync(id, 3)).Succeeded);
        }

        await clinic.WorkAsync();
        Assert.Equal(RecordingStatus.Processing, (await clinic.ShownAsync(kept)).Status);
        Assert.Equal(3, (await clinic.SendAsync(kept, 1, pieces[1])).Value().Next);
        await clinic.WorkAsync();
        Assert.Equal(pieces.SelectMany(piece => piece), await clinic.HeardAsync(kept));

        clinic.Clinic.Clock.Now += TimeSpan.FromHours(25);
        await clinic.WorkAsync();
        var shown = await clinic.ShownAsync(lost);
        Assert.Equal((RecordingStatus.Error, "1 of 3 parts of the recording never arrived."), (shown.Status, shown.Problem));
        Assert.Equal(RefusalKind.Conflict, (await clinic.AskAsync(clinic.Asha, door => door.ListenAsync(lost, 0, 10, Cancellation))).Refusal?.Kind);
    }

    [Fact]
    public async Task is_finished_with_what_it_has_and_with_nothing_else()
    {
        await using var clinic = await VoiceClinic.OpenAsync(databases);
        var id = (await clinic.BeginAsync(clinic.Start())).Value().Id;
        await clinic.SendAsync(id, 0, VoiceClinic.Sound(100));
        await clinic.SendAsync(id, 1, [5]);

        Assert.Equal(RefusalKind.Invalid, (await clinic.FinishAsync(id, 0)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await clinic.FinishAsync(id, 1)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await clinic.FinishAsync(id, 2, double.NaN)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await clinic.FinishAsync(id, 2, 5 * 3600)).Refusal?.Kind);
        Assert.True((await clinic.FinishAsync(id, 2)).Succeeded);
        Assert.Equal(RefusalKind.Conflict, (await clinic.FinishAsync(id, 3)).Refusal?.Kind);
    }

    [Fact]
    public async Task says_that_what_is_no_sound_is_none()
    {
        await using var clinic = await VoiceClinic.OpenAsync(databases);
        var (id, _) = await clinic.RecordedAsync(1, "<html>no sound at all</html>"u8.ToArray());

        await clinic.WorkAsync();

        var shown = await clinic.ShownAsync(id);
        Assert.Equal(RecordingStatus.Error, shown.Status);
        Assert.Contains("no sound", shown.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task leaves_no_sound_that_can_be_read_without_the_keys()
    {
        await using var clinic = await VoiceClinic.OpenAsync(databases);
        byte[] sound = [.. VoiceClinic.Sound(10), .. Enumerable.Repeat("the patient has a secret "u8.ToArray(), 4000).SelectMany(x => x)];
        var id = (await clinic.BeginAsync(clinic.Start())).Value().Id;
        await clinic.SendAsync(id, 0, sound);
        Assert.Equal(0, await clinic.CountAsync("recording_parts", "position('secret'::bytea in content) > 0"));

        await clinic.FinishAsync(id, 1);
        await clinic.WorkAsync();

        Assert.Equal(0, await clinic.CountAsync("recording_chunks", "position('secret'::bytea in data) > 0"));
        Assert.True(await clinic.CountAsync("recording_chunks") > 0);
    }

    [Fact]
    public async Task is_heard_by_those_in_care_and_the_first_stretch_is_audited()
    {
        await using var clinic = await VoiceClinic.OpenAsync(databases);
        var (id, sound) = await clinic.RecordedAsync();
        Assert.Equal(RefusalKind.Conflict, (await clinic.AskAsync(clinic.Asha, door => door.ListenAsync(id, 0, 10, Cancellation))).Refusal?.Kind);
        await clinic.WorkAsync();

        Assert.Equal(sound, await clinic.HeardAsync(id, clinic.Nila));
        var stretch = (await clinic.AskAsync(clinic.Nila, door => door.ListenAsync(id, 65_000, 5_000, Cancellation))).Value();
        Assert.Equal(sound[65_000..70_000], stretch.Bytes.ToArray());
        Assert.Equal((sound.Length, "audio/webm"), (stretch.TotalLength, stretch.MimeType));
        Assert.Single(await clinic.Clinic.TrailOfAsync(clinic.Nila), e => e.Event == "recording.listen" && e.PatientId == clinic.Meera);
        Assert.Equal(RefusalKind.NotFound, (await clinic.AskAsync(clinic.Basu, door => door.ListenAsync(id, 0, 10, Cancellation))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await clinic.AskAsync(clinic.Devi, door => door.ListenAsync(id, 0, 10, Cancellation))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await clinic.AskAsync(clinic.Asha, door => door.ListenAsync(id, -1, 10, Cancellation))).Refusal?.Kind);
    }
}
