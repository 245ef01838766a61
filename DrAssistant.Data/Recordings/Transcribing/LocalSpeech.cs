using System.Diagnostics;
using System.Globalization;
using DrAssistant.Data.Common;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Recordings.Transcribing;

/// <summary>
/// PocketSphinx with its model of American English, and ffmpeg before it, both from the system's packages and on this machine. The sound goes from one to the other by pipes.
/// It hears much wrong, and says of each word how sure it is.
/// </summary>
internal sealed class LocalSpeech(IOptions<TranscriptionOptions> options, IOptions<ClinicOptions> clinic) : ITranscriber
{
    public const string Name = "PocketSphinx (American English)";

    private const int SampleRate = 16_000;
    private const int BytesASecond = SampleRate * sizeof(short);
    private const double SlowestBytesASecond = 1_000;
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(2);

    public string Engine => Name;

    public bool LeavesThisMachine => false;

    /// <summary>Which of the two programs are not to be found on this machine.</summary>
    public IReadOnlyList<string> Missing() => [.. new[] { options.Value.Local.PocketSphinx, options.Value.Local.Ffmpeg }.Where(program => PathOf(program) is null)];

    public async Task<HeardSpeech> TranscribeAsync(SoundToHear sound, IProgress<double> progress, CancellationToken cancellation)
    {
        var local = options.Value.Local;
        var length = sound.Seconds is > 0 and var told ? told : sound.Bytes / SlowestBytesASecond;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(length * local.SlowestFactor) + Shortest);
        using var folder = sound.Ending == "m4a" ? HearingFolder.Create(clinic.Value.DataFolder) : null;
        try
        {
            using var decoder = Start(local.Ffmpeg, await InputAsync(sound, folder?.Path, patience.Token));
            using var listener = Start(local.PocketSphinx, ["-infile", "/dev/stdin", "-time", "yes", "-logfn", "/dev/null"]);
            try
            {
                return await HearAsync(sound, decoder, listener, folder is null, length, progress, patience.Token);
            }
            finally
            {
                End(decoder);
                End(listener);
            }
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TranscriptionException("Transcribing took too long on this machine.", mayPass: false, e);
        }
    }

    private static async Task<HeardSpeech> HearAsync(
        SoundToHear sound, Process decoder, Process listener, bool isPiped, double length, IProgress<double> progress, CancellationToken cancellation)
    {
        // Four streams at once: none of the programs may wait for another one's full pipe.
        var feeding = isPiped ? FeedAsync(sound.Content, decoder, cancellation) : CloseAsync(decoder);
        var passing = PassAsync(decoder, listener, cancellation);
        var errors = decoder.StandardError.ReadToEndAsync(cancellation);
        var complaints = listener.StandardError.ReadToEndAsync(cancellation);
        var text = new SpeechText();
        while (await listener.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (Word(line) is var (word, from, to, confidence))
            {
                text.Add(word, from, to, confidence);
                progress.Report(Math.Min(1, to / length));
            }
        }

        await feeding;
        var passed = await passing;
        await Task.WhenAll(errors, complaints);
        await decoder.WaitForExitAsync(cancellation);
        await listener.WaitForExitAsync(cancellation);
        if (passed == 0)
        {
            throw new TranscriptionException("The sound could not be decoded.", mayPass: false);
        }

        if (listener.ExitCode != 0)
        {
            throw new TranscriptionException("The speech engine of this machine stopped before it was done.", mayPass: true);
        }

        return text.Words.Count == 0
            ? throw TranscriptionException.NoSpeech()
            : new HeardSpeech(text.Text, text.Words, text.Confidence(), Name, "en", Math.Round((double)passed / BytesASecond, 1));
    }

    /// <summary>A line such as <c>tablets 7.060 7.550 0.022514</c>; null where it is a sentence, silence or noise.</summary>
    internal static (string Word, double From, double To, double Confidence)? Word(string line)
    {
        if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var word, var from, var to, var sure] || word[0] is '<' or '[' or '+'
            || !Number(from, out var start) || !Number(to, out var end) || !Number(sure, out var confidence))
        {
            return null;
        }

        // A word's other pronunciations are numbered: the(2).
        var bracket = word.IndexOf('(', StringComparison.Ordinal);
        return (bracket > 0 ? word[..bracket] : word, start, end, Math.Clamp(confidence, 0, 1));

        static bool Number(string text, out double number) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>The format is named, so that no file can be read as a list of other files; and no address is followed.</summary>
    private async Task<string[]> InputAsync(SoundToHear sound, string? folder, CancellationToken cancellation)
    {
        var (format, from, protocol) = ("matroska", "pipe:0", "pipe");
        switch (sound.Ending)
        {
            case "ogg" or "wav" or "mp3":
                format = sound.Ending;
                break;
            case "m4a": // its table of contents may stand at the end, so it is read from a file
                (format, from, protocol) = ("mov", Path.Combine(folder!, "sound.m4a"), "file,pipe");
                await using (var file = new FileStream(from, OwnerOnly()))
                {
                    await sound.Content.CopyToAsync(file, cancellation);
                }

                break;
        }

        return ["-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", protocol, "-f", format, "-i", from,
            "-map", "0:a:0", "-ac", "1", "-ar", SampleRate.ToString(CultureInfo.InvariantCulture), "-f", "s16le", "pipe:1"];
    }

    private static async Task FeedAsync(Stream content, Process decoder, CancellationToken cancellation)
    {
        try
        {
            await content.CopyToAsync(decoder.StandardInput.BaseStream, cancellation);
        }
        catch (IOException) when (decoder.HasExited)
        {
            // It has had enough, as when the sound is damaged. What came out of it decides.
        }

        await CloseAsync(decoder);
    }

    private static Task CloseAsync(Process program)
    {
        try
        {
            program.StandardInput.Close();
        }
        catch (IOException)
        {
            // The pipe is broken: the program is gone.
        }

        return Task.CompletedTask;
    }

    private static async Task<long> PassAsync(Process decoder, Process listener, CancellationToken cancellation)
    {
        var (buffer, passed) = (new byte[BytesASecond], 0L);
        try
        {
            int read;
            while ((read = await decoder.StandardOutput.BaseStream.ReadAsync(buffer, cancellation)) > 0)
            {
                await listener.StandardInput.BaseStream.WriteAsync(buffer.AsMemory(0, read), cancellation);
                passed += read;
            }
        }
        catch (IOException) when (listener.HasExited)
        {
            // Its exit code says why.
        }

        await CloseAsync(listener);
        return passed;
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(PathOf(program) ?? throw Gone(program, null))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear(); // connection strings and keys of the portal may stand there
        start.Environment["LC_ALL"] = "C.UTF-8";
        try
        {
            return Process.Start(start) ?? throw Gone(program, null);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw Gone(program, e);
        }
    }

    private static TranscriptionException Gone(string program, Exception? cause)
        => new($"{Path.GetFileName(program)} is not on this machine any more. Tell an administrator.", mayPass: false, cause);

    private static void End(Process program)
    {
        if (!program.HasExited)
        {
            program.Kill(entireProcessTree: true);
        }
    }

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static string? PathOf(string program)
        => Path.IsPathRooted(program)
            ? File.Exists(program) ? program : null
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
