using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling.Display;

namespace DrAssistant.Portal.Tests.Support.Pages;

internal sealed class FakeDisplays : IDisplays
{
    public List<DisplayLinkLine> Links { get; } = [];

    public Task<Result<IReadOnlyList<DisplayLinkLine>>> ListAsync(CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<DisplayLinkLine>>>(Links.ToList());

    public Task<Result<NewDisplayLink>> MakeAsync(string name, CancellationToken cancellation)
    {
        if (name.Length == 0)
        {
            return Task.FromResult<Result<NewDisplayLink>>(Refusal.Invalid("Say where the display hangs.", nameof(name)));
        }

        Links.Add(new DisplayLinkLine(Guid.CreateVersion7(), name, "Anil Deshmukh", Day.Now, RevokedAt: null));
        return Task.FromResult<Result<NewDisplayLink>>(new NewDisplayLink(Links[^1], "a-secret-of-the-display"));
    }

    public Task<Result<DisplayLinkLine>> RevokeAsync(Guid linkId, CancellationToken cancellation)
    {
        var at = Links.FindIndex(l => l.Id == linkId);
        Links[at] = Links[at] with { RevokedAt = Day.Now };
        return Task.FromResult<Result<DisplayLinkLine>>(Links[at]);
    }

    public Task<DisplayBoard?> ReadAsync(string? secret, CancellationToken cancellation) => Task.FromResult<DisplayBoard?>(null);
}
