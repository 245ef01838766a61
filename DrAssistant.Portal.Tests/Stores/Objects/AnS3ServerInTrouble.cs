using System.Globalization;
using System.Net;
using System.Text;
using DrAssistant.Data.Stores.Objects;
using DrAssistant.Data.Stores.Objects.S3;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Stores.Objects;

/// <summary>Answers that a server gives only when something is wrong with it, over a real connection.</summary>
public sealed class AnS3ServerInTrouble : IDisposable
{
    private const string Empty = "<?xml version=\"1.0\"?><ListBucketResult><Name>clinic</Name><IsTruncated>false</IsTruncated></ListBucketResult>";

    private readonly HttpListener _listener = new();
    private readonly S3Shelf _shelf;
    private readonly List<string> _asked = [];
    private Func<HttpListenerRequest, int, (int Status, string Body)> _answer = (_, _) => (200, "");

    public AnS3ServerInTrouble()
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Free()}");
        _listener.Prefixes.Add(address + "/");
        _listener.Start();
        _ = ServeAsync();
        _shelf = new S3Shelf(
            Options.Create(new ObjectStoreOptions { S3 = new S3Options { Endpoint = address, Bucket = "clinic", AccessKey = "key", SecretKey = "secret", PlainBodies = true } }),
            TimeProvider.System);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task that_is_busy_for_a_moment_is_asked_again()
    {
        _answer = (_, time) => time == 1 ? (503, Error("SlowDown")) : (200, "");

        await PutAsync();

        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task that_stays_in_trouble_is_not_asked_for_ever()
    {
        _answer = (_, _) => (500, Error("InternalError"));

        var failed = await Assert.ThrowsAsync<ShelfException>(PutAsync);

        Assert.Equal((3, true), (_asked.Count, failed.IsOutage));
    }

    [Fact]
    public async Task that_is_full_refuses_once_and_the_health_says_so_until_it_takes_something_again()
    {
        _answer = (request, _) => request.HttpMethod == "PUT" ? (507, Error("XMinioStorageFull")) : (200, Empty);

        var full = await Assert.ThrowsAsync<ShelfException>(PutAsync);

        Assert.Equal("The S3 server is full (507 XMinioStorageFull).", full.Message);
        Assert.Single(_asked);
        Assert.NotNull(await _shelf.ProblemAsync(Cancellation));

        _answer = (request, _) => (200, request.HttpMethod == "PUT" ? "" : Empty);
        await PutAsync();
        Assert.Null(await _shelf.ProblemAsync(Cancellation));
    }

    [Fact]
    public async Task that_gives_another_part_than_it_was_asked_for_is_not_believed()
    {
        _answer = (_, _) => (200, "the whole of it, whatever the range");

        await Assert.ThrowsAsync<ShelfException>(() => _shelf.ReadAsync(Guid.CreateVersion7().ToString("N"), 4, 5, Cancellation));
    }

    public void Dispose()
    {
        _shelf.Dispose();
        _listener.Close();
    }

    private static string Error(string code) => $"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>no</Message></Error>";

    private Task PutAsync() => _shelf.PutAsync(Guid.CreateVersion7().ToString("N"), (to, token) => to.WriteAsync(new byte[100], token).AsTask(), Cancellation);

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                await context.Request.InputStream.CopyToAsync(Stream.Null);
                _asked.Add(context.Request.HttpMethod);
                var (status, body) = _answer(context.Request, _asked.Count);
                context.Response.StatusCode = status;
                context.Response.ContentType = "application/xml";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
