[assembly: AssemblyFixture(typeof(DrAssistant.E2e.Support.PublishedPortal))]

namespace DrAssistant.E2e.Support;

/// <summary>One portal for all specifications. DRASSISTANT_PORTAL names the folder it was published to; `make e2e` and `make test` set it.</summary>
public sealed class PublishedPortal : IAsyncLifetime
{
    private readonly PortalProcess _portal = new();

    public Uri Address => _portal.Address;

    /// <summary>The demo practice's password, made for this data folder alone.</summary>
    public string DemoPassword => _portal.DemoPassword;

    /// <summary>Where it was published to.</summary>
    public static string Folder => Environment.GetEnvironmentVariable("DRASSISTANT_PORTAL")
        ?? throw new InvalidOperationException("DRASSISTANT_PORTAL names no published portal. Run the specifications with `make e2e`.");

    public async ValueTask InitializeAsync() => await _portal.StartAsync(Folder);

    public ValueTask DisposeAsync() => _portal.DisposeAsync();
}
