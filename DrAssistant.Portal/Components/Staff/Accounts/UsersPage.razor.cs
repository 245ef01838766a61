using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.Accounts;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Staff.Accounts;

public partial class UsersPage(IStaffAccounts accounts, ClinicClock clock)
{
    private AccountPage? _page;
    private AccountSearch _search = new();
    private AccountDraft? _draft;
    private AccountInvitation? _invitation;
    private Refusal? _refusal;

    protected override Task OnInitializedAsync() => ReloadAsync();

    private static T? Chosen<T>(ChangeEventArgs e)
        where T : struct, Enum
        => Enum.TryParse<T>(e.Value?.ToString(), out var chosen) ? chosen : null;

    private Task ReloadAsync() => LoadAsync(
        cancellation => accounts.FindAsync(_search, cancellation),
        read => (_page, _refusal) = (read.Value ?? _page, read.Refusal));

    private Task AskAsync(AccountSearch search, bool keepPage = false)
    {
        _search = keepPage ? search : search with { Page = 0 };
        return ReloadAsync();
    }

    private Task CreateAsync() => SaveAsync(async () =>
    {
        var made = await accounts.CreateAsync(_draft!, CancellationToken.None);
        _refusal = made.Refusal;
        if (made.Succeeded)
        {
            (_draft, _invitation) = (null, made.Value);
            await ReloadAsync();
        }
    });

    private Task DoneAsync()
    {
        _invitation = null;
        return Task.CompletedTask;
    }
}
