using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.Accounts;

namespace DrAssistant.Portal.Tests.Support.Pages;

internal sealed class FakeAccounts : IStaffAccounts
{
    public AccountView Account { get; set; } = new(
        Guid.CreateVersion7(), "mary.t", "mary.t@clinic.example", "Mary Thomas", StaffRole.Nurse, StaffStatus.Active, null, Day.Now) { Version = "1" };

    public List<AccountLine> Colleagues { get; } = [];

    public LeftBehind Left { get; set; } = new(0, 0, []);

    public Refusal? Refuse { get; set; }

    public AccountSearch? Searched { get; private set; }

    public HandOverDraft? HandedOver { get; private set; }

    public Task<Result<AccountPage>> FindAsync(AccountSearch search, CancellationToken cancellation)
    {
        Searched = search;
        var line = new AccountLine(Account.Id, Account.UserName, Account.FullName, Account.Email, Account.Role, null, Account.Status, null, false);
        return Answer(new AccountPage([line], 60, search.Page, 3));
    }

    public Task<Result<AccountView>> OpenAsync(Guid accountId, CancellationToken cancellation) => Task.FromResult<Result<AccountView>>(Account);

    public Task<Result<AccountInvitation>> CreateAsync(AccountDraft draft, CancellationToken cancellation) => Answer(Invitation());

    public Task<Result<AccountView>> SaveAsync(Guid accountId, AccountDraft draft, CancellationToken cancellation) => Answer(Account);

    public Task<Result<AccountInvitation>> ResetPasswordAsync(Guid accountId, CancellationToken cancellation) => Answer(Invitation());

    public Task<Result<AccountView>> ResetSecondFactorAsync(Guid accountId, CancellationToken cancellation) => Answer(Account);

    public Task<Result<IReadOnlyList<AccountLine>>> ColleaguesAsync(Guid accountId, CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<AccountLine>>>(Colleagues);

    public Task<Result<LeftBehind>> LeftBehindAsync(Guid accountId, CancellationToken cancellation) => Answer(Left);

    public Task<Result<AccountView>> DeactivateAsync(Guid accountId, HandOverDraft handOver, CancellationToken cancellation)
    {
        HandedOver = handOver;
        if (Refuse is null)
        {
            Account = Account with { Status = StaffStatus.Inactive };
        }

        return Answer(Account);
    }

    public Task<Result<AccountView>> ReactivateAsync(Guid accountId, CancellationToken cancellation) => Answer(Account);

    private AccountInvitation Invitation() => new(Account, "the-secret-of-the-link", Day.Now.AddHours(72));

    private Task<Result<T>> Answer<T>(T value) => Task.FromResult(Refuse is { } refusal ? (Result<T>)refusal : value);
}
