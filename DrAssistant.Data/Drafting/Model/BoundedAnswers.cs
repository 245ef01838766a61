namespace DrAssistant.Data.Drafting.Model;

/// <summary>An answer is read whole before anything else happens, and never more of it than a draft can be.</summary>
internal sealed class BoundedAnswers() : DelegatingHandler(new SocketsHttpHandler
{
    // A redirect would take what was said in a visit to an address that nobody has chosen.
    AllowAutoRedirect = false,
    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
})
{
    private const long Largest = 2_000_000;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(Largest, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
