namespace DrAssistant.E2e.Support;

/// <summary>A portal for specifications that end it, so that nobody else's page breaks off with it.</summary>
public sealed class OwnPortal : IAsyncLifetime
{
    public PortalProcess Process { get; } = new();

    public async ValueTask InitializeAsync() => await Process.StartAsync(PublishedPortal.Folder);

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
