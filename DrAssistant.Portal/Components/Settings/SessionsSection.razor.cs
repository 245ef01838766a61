using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.SignIn;

namespace DrAssistant.Portal.Components.Settings;

/// <summary>The person's own sessions, each of which they may end.</summary>
public partial class SessionsSection(ISessions door, ICurrentUser user)
{
    private IReadOnlyList<SessionView>? _sessions;
    private Refusal? _refusal;
    private string? _said;

    protected override Task OnInitializedAsync() => ReadAsync();

    private Task ReadAsync() => LoadAsync(door.MineAsync, read => (_sessions, _refusal) = (read.Value ?? _sessions, read.Refusal));

    private Task EndAsync(SessionView session) => SaveAsync(async () => await ShowAsync(await door.RevokeAsync(session.Id, "ended by its person", CancellationToken.None)));

    private Task EndOthersAsync() => SaveAsync(async () => await ShowAsync(
        user.Id is { } me ? await door.RevokeAllAsync(me, "ended by its person", exceptThisOne: true, CancellationToken.None) : Refusal.Forbidden));

    private async Task ShowAsync(Result<int> ended)
    {
        await ReadAsync();
        _refusal ??= ended.Refusal;
        _said = ended.Refusal is not null ? null : ended.Value == 1 ? "One session is ended." : $"{ended.Value} sessions are ended.";
    }
}
