using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling.Display;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Scheduling;

/// <summary>Makes and revokes the links of waiting-room displays.</summary>
public partial class DisplayLinksPage(IDisplays displays, NavigationManager navigation)
{
    private IReadOnlyList<DisplayLinkLine>? _links;
    private NewDisplayLink? _made;
    private DisplayLinkLine? _revoking;
    private Refusal? _refusal;
    private string _name = "";

    protected override Task OnInitializedAsync() => ReloadAsync();

    private Task ReloadAsync() => LoadAsync(displays.ListAsync, read => (_links, _refusal) = (read.Value ?? _links, read.Refusal));

    // In the fragment: a browser keeps it to itself, so it reaches no server's log.
    private string AddressOf(NewDisplayLink made) => navigation.ToAbsoluteUri($"display#{made.Secret}").ToString();

    private Task MakeAsync() => SaveAsync(async () =>
    {
        var made = await displays.MakeAsync(_name, CancellationToken.None);
        if (made.Succeeded)
        {
            (_made, _name) = (made.Value, "");
            await ReloadAsync();
        }

        _refusal = made.Refusal;
    });

    private Task RevokeAsync(DisplayLinkLine link) => SaveAsync(async () =>
    {
        var revoked = await displays.RevokeAsync(link.Id, CancellationToken.None);
        (_revoking, _made) = (null, _made?.Link.Id == link.Id ? null : _made);
        await ReloadAsync();
        _refusal = revoked.Refusal;
    });
}
