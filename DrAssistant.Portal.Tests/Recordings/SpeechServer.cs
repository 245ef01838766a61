using System.Net;
using System.Text;

namespace DrAssistant.Portal.Tests.Recordings;

/// <summary>A transcription service of the tests on a loopback port: it answers as it is told, and keeps what it was sent.</summary>
internal sealed class SpeechServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _serving;
    private readonly List<byte[]> _bodies = [];

    public SpeechServer()
    {
        for (var tries = 0; _listener is null; tries++)
        {
            var address = $"http://127.0.0.1:{Random.Shared.Next(20_000, 60_000)}/";
            var listener = new HttpListener { Prefixes = { address } }; // one that could not start cannot be used again
            try
            {
                listener.Start();
                (_listener, Address) = (listener, $"{address}v1");
            }
            catch (HttpListenerException) when (tries < 20)
            {
                // Somebody else's port.
            }
        }

        _serving = ServeAsync();
    }

    public string Address { get; } = "";

    /// <summary>How it answers.</summary>
    public Func<HttpListenerResponse, CancellationToken, Task> Answer { get; set; } = (response, _) => JsonAsync(response, Cough);

    public IReadOnlyList<byte[]> Bodies => _bodies;

    public string? Authorization { get; private set; }

    public string? Path { get; private set; }

    /// <summary>Two stretches of speech with two seconds between them, and one that the model made up.</summary>
    public const string Cough = """
        {"task":"transcribe","language":"english","duration":9.5,"text":"I have a cough. Since when? Thank you.",
         "segments":[
          {"id":0,"start":0.0,"end":2.0,"text":" I have a cough.","avg_logprob":-0.105,"no_speech_prob":0.01},
          {"id":1,"start":4.0,"end":5.0,"text":" Since when?","avg_logprob":-0.693,"no_speech_prob":0.02},
          {"id":2,"start":6.0,"end":9.5,"text":" Thank you.","avg_logprob":-1.4,"no_speech_prob":0.9}],
         "words":[{"word":"I","start":0.1,"end":0.2},{"word":"have","start":0.3,"end":0.6},{"word":"a","start":0.7,"end":0.8},{"word":"cough","start":0.9,"end":1.5},
          {"word":"Since","start":4.1,"end":4.4},{"word":"when","start":4.5,"end":4.9},{"word":"Thank","start":6.1,"end":6.2},{"word":"you","start":6.3,"end":6.4}]}
        """;

    public static async Task JsonAsync(HttpListenerResponse response, string json)
    {
        response.ContentType = "application/json";
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(json));
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _serving;
        _listener.Close();
        _over.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = AnswerAsync(context);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body, _over.Token);
            (Authorization, Path) = (context.Request.Headers["Authorization"], context.Request.Url!.AbsolutePath);
            _bodies.Add(body.ToArray());
            await Answer(context.Response, _over.Token);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever asked has gone away.
        }
    }
}
