using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace DrAssistant.Data.Recordings.Transcribing;

/// <summary>
/// Any service that takes sound at /audio/transcriptions as OpenAI's does (its API reference, "Create transcription", verbose_json): whisper.cpp's server, vLLM, Azure and others.
/// It is asked for words and segments; what it leaves out is done without.
/// </summary>
internal sealed class SpeechService : ITranscriber, IDisposable
{
    private const int LargestAnswer = 32 * 1024 * 1024;
    private readonly TranscriptionServiceOptions _options;
    private readonly HttpClient _http;

    public SpeechService(TranscriptionServiceOptions options)
    {
        _options = options;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(15) })
        {
            Timeout = Timeout.InfiniteTimeSpan, // one of our own, which covers the answer too
            MaxResponseContentBufferSize = LargestAnswer,
        };
    }

    public string Engine => _options.Name;

    public bool LeavesThisMachine => _options.Endpoint is not { IsLoopback: true };

    public async Task<HeardSpeech> TranscribeAsync(SoundToHear sound, IProgress<double> progress, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_options.Timeout);
        try
        {
            using var request = Request(sound);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, patience.Token);
            return answer.IsSuccessStatusCode
                ? Read(await answer.Content.ReadAsByteArrayAsync(patience.Token))
                : throw Refused(answer.StatusCode);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TranscriptionException("The transcription service did not answer in time.", mayPass: true, e);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new TranscriptionException("The transcription service answered with more than a visit can hold.", mayPass: false, e);
        }
        catch (HttpRequestException e)
        {
            throw new TranscriptionException("The transcription service cannot be reached.", mayPass: true, e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new TranscriptionException("The transcription service answered with something that is no transcript.", mayPass: false, e);
        }
    }

    public void Dispose() => _http.Dispose();

    private static TranscriptionException Refused(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new("The transcription service refused the practice's key. Tell an administrator.", mayPass: false),
        HttpStatusCode.RequestEntityTooLarge => new("The recording is too large for the transcription service.", mayPass: false),
        HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => new("The transcription service is busy or out of order.", mayPass: true),
        _ => new("The transcription service did not take this sound.", mayPass: false),
    };

    private HttpRequestMessage Request(SoundToHear sound)
    {
        var file = new SoundContent(sound);
        var form = new MultipartFormDataContent
        {
            { file, "file", $"visit.{sound.Ending}" },
            { new StringContent(_options.Name), "model" },
            { new StringContent("verbose_json"), "response_format" },
            { new StringContent("word"), "timestamp_granularities[]" },
            { new StringContent("segment"), "timestamp_granularities[]" },
        };
        if (_options.Language.Length > 0)
        {
            form.Add(new StringContent(_options.Language), "language");
        }

        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{_options.Endpoint!.AbsoluteUri.TrimEnd('/')}/audio/transcriptions")) { Content = form };
        if (_options.ApiKey.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.ApiKey);
        }

        return request;
    }

    private HeardSpeech Read(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        var root = json.RootElement;
        var segments = root.TryGetProperty("segments", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(SpeechSegment.Read).Where(segment => !segment.IsSilence).ToList()
            : null;
        var words = root.TryGetProperty("words", out var all) && all.ValueKind == JsonValueKind.Array ? all.EnumerateArray().Select(SpeechSegment.ReadWord).ToList() : [];
        var text = new SpeechText();
        if (segments is null)
        {
            OfWords(text, words, root);
        }
        else
        {
            foreach (var segment in segments)
            {
                segment.Write(text, words);
            }
        }

        return text.Words.Count == 0
            ? throw TranscriptionException.NoSpeech()
            : new HeardSpeech(text.Text, text.Words, text.Confidence(), _options.Name, Optional(root, "language"), root.TryGetProperty("duration", out var length) && length.ValueKind is JsonValueKind.Number ? length.GetDouble() : null);
    }

    /// <summary>A service that knows no segments: its words, or at the least its text.</summary>
    private static void OfWords(SpeechText text, List<SpeechWord> words, JsonElement root)
    {
        foreach (var word in words)
        {
            text.Add(word.Text, word.From, word.To, word.Confidence);
        }

        if (words.Count == 0)
        {
            text.AddSentence(root.GetProperty("text").GetString() ?? "", 0, 0, null);
        }
    }

    private static string? Optional(JsonElement root, string name)
        => root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 and <= 40 } text ? text : null;
}

/// <summary>A word of an answer.</summary>
internal sealed record SpeechWord(string Text, double From, double To, double? Confidence);

/// <summary>A stretch of speech of an answer.</summary>
/// <param name="Confidence">Of a word of it on average: e to the mean logarithm of their probabilities.</param>
/// <param name="IsSilence">The model believes that nobody speaks here and is unsure of what it wrote.</param>
internal sealed record SpeechSegment(string Text, double From, double To, double? Confidence, bool IsSilence, IReadOnlyList<SpeechWord> Words)
{
    /// <summary>Where a model writes a sentence into silence (Whisper's paper, 4.5, and its own decoder).</summary>
    private const double SilentFrom = 0.6;
    private const double UnsureUpTo = -1;

    public static SpeechSegment Read(JsonElement segment)
    {
        var (mean, silent) = (Number(segment, "avg_logprob"), Number(segment, "no_speech_prob"));
        return new SpeechSegment(
            segment.GetProperty("text").GetString() ?? "",
            Number(segment, "start") ?? 0,
            Number(segment, "end") ?? 0,
            mean is { } log ? Math.Exp(Math.Min(0, log)) : null,
            silent > SilentFrom && mean is null or < UnsureUpTo,
            segment.TryGetProperty("words", out var words) && words.ValueKind == JsonValueKind.Array ? [.. words.EnumerateArray().Select(ReadWord)] : []);
    }

    public static SpeechWord ReadWord(JsonElement word) => new(
        (word.TryGetProperty("word", out var text) ? text.GetString() : null) ?? "", Number(word, "start") ?? 0, Number(word, "end") ?? 0,
        Number(word, "probability") ?? Number(word, "confidence"));

    /// <summary>Its own words, else those of the whole answer that fall into its time, else its sentence. A segment's punctuation is kept where its words have none.</summary>
    public void Write(SpeechText to, IReadOnlyList<SpeechWord> all)
    {
        var timed = Words.Count > 0 ? Words : [.. all.Where(word => Middle(word) >= From && Middle(word) < To)];
        var written = Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (timed.Count == 0)
        {
            to.AddSentence(Text, From, To, Confidence);
            return;
        }

        for (var i = 0; i < timed.Count; i++)
        {
            to.Add(written.Length == timed.Count ? written[i] : timed[i].Text, timed[i].From, timed[i].To, timed[i].Confidence ?? Confidence);
        }
    }

    private static double Middle(SpeechWord word) => (word.From + word.To) / 2;

    private static double? Number(JsonElement of, string name)
        => of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : null;
}

/// <summary>Sound of a known length, so that the whole request has one: some servers take no other.</summary>
internal sealed class SoundContent : HttpContent
{
    private readonly SoundToHear _sound;

    public SoundContent(SoundToHear sound)
    {
        _sound = sound;
        Headers.ContentType = new MediaTypeHeaderValue(sound.MimeType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _sound.Content.CopyToAsync(stream);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        => _sound.Content.CopyToAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _sound.Bytes;
        return true;
    }
}
