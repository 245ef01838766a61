using System.Buffers.Binary;
using System.Diagnostics;
using DrAssistant.Data.Recordings;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Recordings;

/// <summary>By the first bytes of what ffmpeg makes as browsers and telephones do, and of what is damaged.</summary>
public sealed class TellingHowSoundWasMade : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("webm", "Opus, 48 kHz, mono, 32 kbit/s", "-c:a", "libopus", "-ac", "1", "-ar", "48000")]
    [InlineData("webm", "Opus, 48 kHz, stereo, 32 kbit/s", "-c:a", "libopus", "-ac", "2", "-ar", "48000")]
    [InlineData("ogg", "Opus, 48 kHz, mono, 32 kbit/s", "-c:a", "libopus", "-ac", "1", "-ar", "16000")]
    [InlineData("wav", "PCM, 16 kHz, mono, 256 kbit/s", "-c:a", "pcm_s16le", "-ac", "1", "-ar", "16000")]
    [InlineData("m4a", "AAC, 44.1 kHz, stereo, 32 kbit/s", "-c:a", "aac", "-ac", "2", "-ar", "44100", "-movflags", "+faststart")]
    [InlineData("m4a", "AAC, 48 kHz, mono, 32 kbit/s", "-c:a", "aac", "-ac", "1", "-ar", "48000", "-movflags", "frag_keyframe+empty_moov")]
    [InlineData("m4a", "AAC, 22.05 kHz, mono, 32 kbit/s", "-c:a", "aac", "-ac", "1", "-ar", "22050")]
    [InlineData("mp3", "MP3, 16 kHz, mono, 32 kbit/s", "-c:a", "libmp3lame", "-ac", "1", "-ar", "16000", "-b:a", "24k")]
    public async Task says_codec_samples_channels_and_bits(string ending, string told, params string[] how)
    {
        var sound = await MadeAsync(ending, how);
        var (_, kind) = SoundKind.Of(sound)!.Value;

        // As long as the whole would last at 32 kbit/s, where the head itself does not tell.
        Assert.Equal((ending, told), (kind, SoundQuality.Of(kind, sound, sound.Length, sound.Length * 8 / 32_000.0)));
    }

    [Fact]
    public async Task says_what_it_knows_and_no_more()
    {
        var even = await MadeAsync("mp3", "-c:a", "libmp3lame", "-ac", "1", "-ar", "16000", "-b:a", "24k", "-write_xing", "0");
        Assert.Equal("MP3, 16 kHz, mono, 24 kbit/s", SoundQuality.Of("mp3", even, even.Length, null));
        var indexed = await MadeAsync("mp3", "-c:a", "libmp3lame", "-ac", "1", "-ar", "16000", "-b:a", "24k");
        Assert.Equal("MP3, 16 kHz, mono", SoundQuality.Of("mp3", indexed, indexed.Length, null));
        Assert.Equal("64 kbit/s", SoundQuality.Of("webm", VoiceClinic.Sound(4000), 80_000, 10));
        Assert.Null(SoundQuality.Of("webm", VoiceClinic.Sound(4), 4, null));
        Assert.Null(SoundQuality.Of("m4a", [0, 0, 0, 20, .. "ftypM4A "u8], 1000, 0));
        Assert.Null(SoundQuality.Of("nothing", [], 0, double.NaN));
    }

    [Theory]
    [InlineData("webm", "libopus")]
    [InlineData("ogg", "libvorbis")]
    [InlineData("wav", "pcm_s16le")]
    [InlineData("m4a", "aac")]
    [InlineData("mp3", "libmp3lame")]
    public async Task is_broken_by_no_damage(string ending, string codec)
    {
        var whole = (await MadeAsync(ending, "-c:a", codec, "-ac", "1"))[..600];
        var random = new Random(2026);
        for (var round = 0; round < 20_000; round++)
        {
            var damaged = whole[..random.Next(whole.Length + 1)];
            for (var hits = random.Next(8); hits > 0 && damaged.Length > 0; hits--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            Assert.InRange(SoundQuality.Of(ending, damaged, random.Next(), random.NextDouble() * 100)?.Length ?? 1, 1, SoundQuality.Longest);
        }
    }

    [Fact]
    public void does_not_read_for_ever_in_a_file_that_nests_without_end()
    {
        var nested = new byte[1_000_000];
        for (var at = 0; at + 8 <= nested.Length; at += 8)
        {
            BinaryPrimitives.WriteUInt32BigEndian(nested.AsSpan(at), 0x18538067);
            BinaryPrimitives.WriteUInt32BigEndian(nested.AsSpan(at + 4), 0x1FFFFFFF);
        }

        Assert.Null(SoundQuality.Of("webm", nested, nested.Length, 0));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<byte[]> MadeAsync(string ending, params string[] how)
    {
        var file = _folder[$"sound.{ending}"];
        var start = new ProcessStartInfo("ffmpeg", ["-y", "-loglevel", "error", "-f", "lavfi", "-i", "sine=frequency=440:duration=3", .. how, file]) { RedirectStandardError = true, UseShellExecute = false };
        using var running = Process.Start(start)!;
        var said = await running.StandardError.ReadToEndAsync(Cancellation);
        await running.WaitForExitAsync(Cancellation);
        Assert.True(running.ExitCode == 0, said);
        return await File.ReadAllBytesAsync(file, Cancellation);
    }
}
