using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.Accounts;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Staff.Accounts;

/// <summary>One account: what it says, how its person comes in, where they are signed in, and how it is closed.</summary>
public partial class UserPage(IStaffAccounts accounts, ISessions sessions, ClinicClock clock)
{
    private AccountView? _account;
    private AccountDraft _draft = new();
    private IReadOnlyList<SessionView> _sessions = [];
    private IReadOnlyList<AccountLine> _colleagues = [];
    private AccountInvitation? _invitation;
    private LeftBehind? _left;
    private HandOverDraft _handOver = new();
    private Question? _asked;
    private Refusal? _refusal;
    private string? _told;

    private enum Question
    {
        Password,
        Factor,
    }

    [Parameter]
    public Guid AccountId { get; set; }

    protected override Task OnParametersSetAsync()
    {
        if (_account?.Id == AccountId)
        {
            return Task.CompletedTask;
        }

        (_account, _invitation, _left, _told, _refusal) = (null, null, null, null, null);
        return ReloadAsync();
    }

    private string Password(AccountView account) => (account.PasswordChangedAt, account.LinkExpiresAt) switch
    {
        (_, { } until) => $"A link to set it holds until {ClinicFormat.DateAndTime(until, clock)}",
        ({ } chosen, null) => $"Chosen {ClinicFormat.DateAndTime(chosen, clock)}",
        _ => "None yet, and no link that holds",
    };

    private Task ReloadAsync() => LoadAsync(
        async cancellation => (Account: await accounts.OpenAsync(AccountId, cancellation), Sessions: await sessions.OfAsync(AccountId, cancellation)),
        read =>
        {
            (_refusal, _sessions) = (read.Account.Refusal, read.Sessions.Value ?? []);
            if (read.Account.Succeeded)
            {
                Take(read.Account.Value);
            }
        });

    private void Take(AccountView account) => (_account, _draft) = (account, AccountDraft.Of(account));

    private void Ask(Question question) => (_asked, _told, _refusal) = (question, null, null);

    private Task KeepAsync() => ActAsync(() => accounts.SaveAsync(AccountId, _draft, CancellationToken.None), "The account is saved.");

    private Task ReactivateAsync() => ActAsync(
        () => accounts.ReactivateAsync(AccountId, CancellationToken.None),
        "The account is open again. The password is the one from before; reset it if it should be another.");

    private Task DeactivateAsync() => ActAsync(
        () => accounts.DeactivateAsync(AccountId, _handOver, CancellationToken.None), "The account is closed, and its sessions have ended.");

    private Task ActAsync(Func<Task<Result<AccountView>>> act, string told) => SaveAsync(async () =>
    {
        (_told, _refusal) = (null, null);
        var done = await act();
        _refusal = done.Refusal;
        if (done.Succeeded)
        {
            (_left, _told) = (null, told);
            Take(done.Value);
            await ReloadAsync();
        }
    });

    private async Task ResetAsync(Question what)
    {
        _asked = null;
        if (what is Question.Factor)
        {
            await ActAsync(() => accounts.ResetSecondFactorAsync(AccountId, CancellationToken.None), "The second factor is gone, and all sessions have ended.");
            return;
        }

        await SaveAsync(async () =>
        {
            var reset = await accounts.ResetPasswordAsync(AccountId, CancellationToken.None);
            (_refusal, _invitation) = (reset.Refusal, reset.Value);
            await ReloadAsync();
        });
    }

    private Task EndAsync(Guid? session) => SaveAsync(async () =>
    {
        var ended = session is { } one
            ? await sessions.RevokeAsync(one, "ended by an admin", CancellationToken.None)
            : await sessions.RevokeAllAsync(AccountId, "ended by an admin", exceptThisOne: true, CancellationToken.None);
        (_refusal, _told) = (ended.Refusal, ended.Succeeded ? $"{Words.Count(ended.Value, "session")} ended. An open page goes blank within two seconds." : null);
        await ReloadAsync();
    });

    private Task LeaveAsync() => SaveAsync(async () =>
    {
        (_told, _refusal, _handOver) = (null, null, new HandOverDraft());
        var left = await accounts.LeftBehindAsync(AccountId, CancellationToken.None);
        var colleagues = await accounts.ColleaguesAsync(AccountId, CancellationToken.None);
        (_left, _colleagues, _refusal) = (left.Value, colleagues.Value ?? [], left.Refusal ?? colleagues.Refusal);
    });
}
