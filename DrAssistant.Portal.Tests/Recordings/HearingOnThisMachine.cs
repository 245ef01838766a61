using System.Diagnostics;
using DrAssistant.Data.Common;
using DrAssistant.Data.Recordings;
using DrAssistant.Data.Recordings.Transcribing;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Recordings;

/// <summary>PocketSphinx and ffmpeg for real, on a voice that espeak-ng makes; both from the system's packages (build/packages.sh test).</summary>
public sealed class HearingOnThisMachine(ClinicDatabase databases) : IDisposable
{
    private static readonly Dictionary<string, string?> Local = new() { ["Transcription:Local:Enabled"] = "true" };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The kinds of sound that browsers record and people upload.</summary>
    [Theory]
    [InlineData("webm", "libopus", "audio/webm", "Opus, 48 kHz, mono, ")]
    [InlineData("ogg", "libopus", "audio/ogg", "Opus, 48 kHz, mono, ")]
    [InlineData("m4a", "aac", "audio/mp4", "AAC, 48 kHz, mono, ")]
    [InlineData("wav", "pcm_s16le", "audio/wav", "PCM, 48 kHz, mono, 768 kbit/s")]
    public async Task hears_words_with_their_times_and_how_sure_it_is_and_begins_a_line_after_a_pause(string ending, string codec, string mimeType, string made)
    {
        await using var clinic = await VoiceClinic.OpenAsync(databases, settings: Local);
        var sound = await SpokenAsync(ending, codec, "Good morning.", "Please take one tablet every morning.");
        var (id, _) = await clinic.RecordedAsync(3, sound);

        await clinic.WorkAsync();

        var shown = await clinic.ShownAsync(id);
        Assert.Equal((RecordingStatus.Transcribed, mimeType, null), (shown.Status, shown.MimeType, shown.Problem));
        Assert.StartsWith(made, shown.Quality, StringComparison.Ordinal);
        var text = Assert.Single((await clinic.TextAsync(clinic.Asha, door => door.OfEncounterAsync(clinic.Visit, Cancellation))).Value());
        Assert.Equal((LocalSpeech.Name, "en"), (text.Engine, text.Language));
        var lines = text.Text.Split('\n');
        Assert.Equal(2, lines.Length);
        // Which words it makes of a synthetic voice differs with the codec; that each stands where it says is what counts.
        Assert.All(lines, Assert.NotEmpty);
        Assert.All(text.Words, word => Assert.Matches("^[a-z']+$", text.Text.Substring(word.Start, word.Length)));
        Assert.DoesNotContain('<', text.Text);
        Assert.DoesNotContain('(', text.Text);
        var second = text.Words.First(word => word.Start > lines[0].Length);
        Assert.True(second.From - text.Words.Last(word => word.Start < lines[0].Length).To > 1);
        Assert.All(text.Words, word => Assert.InRange(word.Confidence!.Value, 0, 1));
        Assert.InRange(text.Confidence!.Value, 0.01, 0.99);
    }

    [Fact]
    public async Task says_that_nobody_spoke_where_nobody_did_and_that_what_is_broken_cannot_be_opened()
    {
        await using var clinic = await VoiceClinic.OpenAsync(databases, settings: Local);
        var silence = _folder["silence.webm"];
        await RunAsync("ffmpeg", "-y", "-loglevel", "error", "-f", "lavfi", "-i", "anullsrc=r=48000:cl=mono", "-t", "4", "-c:a", "libopus", silence);
        var (quiet, _) = await clinic.RecordedAsync(1, await File.ReadAllBytesAsync(silence, Cancellation));
        var (broken, _) = await clinic.RecordedAsync(1, VoiceClinic.Sound(50_000));

        await clinic.WorkAsync();

        Assert.Equal("No speech heard.", (await clinic.ShownAsync(quiet)).Problem);
        Assert.Equal("The sound could not be decoded.", (await clinic.ShownAsync(broken)).Problem);
    }

    [Fact]
    public async Task says_which_program_is_missing()
    {
        await using var clinic = await VoiceClinic.OpenAsync(databases, settings: new(Local) { ["Transcription:Local:PocketSphinx"] = _folder["no-such-program"] });
        await using var acting = clinic.Clinic.As(clinic.Asha);

        Assert.Null(acting.Get<ITranscripts>().Ways().Engine);
        Assert.Equal([_folder["no-such-program"]], acting.Get<LocalSpeech>().Missing());
    }

    [Fact]
    public async Task takes_away_the_sound_that_a_crash_left_and_none_that_somebody_listens_to()
    {
        await using var clinic = await VoiceClinic.OpenAsync(databases, settings: Local);
        var data = clinic.Clinic.Services.GetRequiredService<IOptions<ClinicOptions>>().Value.DataFolder;
        var left = Path.Combine(data, "hearing", Guid.CreateVersion7().ToString("N"));
        Directory.CreateDirectory(left);
        await File.WriteAllBytesAsync(Path.Combine(left, "sound.m4a"), [1, 2, 3], Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(left, "in-use"), [], Cancellation); // nobody holds it any more
        using (var other = HearingFolder.Create(data))
        {
            await clinic.Worker.StartAsync(Cancellation);
            for (var tries = 0; Directory.Exists(left) && tries < 200; tries++)
            {
                await Task.Delay(50, Cancellation);
            }

            await clinic.Worker.StopAsync(Cancellation);
            Assert.False(Directory.Exists(left));
            Assert.True(Directory.Exists(other.Path));
        }

        Assert.Empty(Directory.GetDirectories(Path.Combine(data, "hearing")));
    }

    [Theory]
    [InlineData("tablets 7.060 7.550 0.022514", "tablets")]
    [InlineData("the(2) 0.550 0.820 0.193092", "the")]
    [InlineData("<sil> 0.830 1.200 1.000000", null)]
    [InlineData("[NOISE] 0.830 1.200 0.9", null)]
    [InlineData("++NOISE++ 0.830 1.200 0.9", null)]
    [InlineData("what are the tablets", null)]
    [InlineData("one 2 three 4", null)]
    [InlineData("", null)]
    public void reads_a_line_of_it(string line, string? word) => Assert.Equal(word, LocalSpeech.Word(line)?.Word);

    public void Dispose() => _folder.Dispose();

    /// <summary>Sentences with two seconds of silence between them.</summary>
    private async Task<byte[]> SpokenAsync(string ending, string codec, string first, string second)
    {
        await RunAsync("espeak-ng", "-v", "en-us", "-s", "130", "-w", _folder["first.wav"], first);
        await RunAsync("espeak-ng", "-v", "en-us", "-s", "130", "-w", _folder["second.wav"], second);
        await RunAsync(
            "ffmpeg", "-y", "-loglevel", "error", "-i", _folder["first.wav"], "-i", _folder["second.wav"], "-filter_complex", "[0:a]apad=pad_dur=2[a];[a][1:a]concat=n=2:v=0:a=1",
            "-ar", "48000", "-c:a", codec, _folder[$"visit.{ending}"]);
        return await File.ReadAllBytesAsync(_folder[$"visit.{ending}"], Cancellation);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var running = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        var said = await running.StandardError.ReadToEndAsync(Cancellation);
        await running.WaitForExitAsync(Cancellation);
        Assert.True(running.ExitCode == 0, said);
    }
}
