using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.Accounts;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Staff.Accounts;

public sealed class KeepingAccounts(ClinicDatabase databases)
{
    private const string Password = "a lantern over nine rivers";
    private static readonly SignInOrigin Somewhere = new("192.0.2.7", "A browser");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_for_active_admins_alone()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var former = await clinic.Given.StaffAsync(StaffRole.Admin, "Former Admin", StaffStatus.Inactive);
        var nurse = await clinic.Given.NurseAsync();
        foreach (var person in new[] { nurse, await clinic.Given.DoctorAsync(), await clinic.Given.ReceptionistAsync(), former })
        {
            await using var acting = clinic.As(person);
            var accounts = acting.Get<IStaffAccounts>();
            (await accounts.CreateAsync(Mary(), Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await accounts.SaveAsync(nurse.Id, Mary(), Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await accounts.ResetPasswordAsync(nurse.Id, Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await accounts.ResetSecondFactorAsync(nurse.Id, Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await accounts.LeftBehindAsync(nurse.Id, Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await accounts.DeactivateAsync(nurse.Id, new HandOverDraft(), Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await accounts.ReactivateAsync(former.Id, Cancellation)).AssertRefused(RefusalKind.Forbidden);
            await clinic.AssertNothingHappenedAsync(person);
        }
    }

    [Fact]
    public async Task finds_people_by_what_is_known_of_them_a_page_at_a_time()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var admin = await clinic.Given.AdminAsync();
        await clinic.Given.StaffAsync(StaffRole.Doctor, "Kavita Rao", specialty: "Dermatology");
        await clinic.Given.StaffAsync(StaffRole.Nurse, "100% Sure_", StaffStatus.Inactive);
        for (var i = 0; i < 30; i++)
        {
            await clinic.Given.StaffAsync(StaffRole.Receptionist, FormattableString.Invariant($"Desk {i:00}"));
        }

        await using var acting = clinic.As(admin);
        async Task<AccountPage> Find(AccountSearch search) => (await acting.Get<IStaffAccounts>().FindAsync(search, Cancellation)).Value();

        Assert.Equal("Kavita Rao", Assert.Single((await Find(new AccountSearch { Text = " dermat" })).Lines).FullName);
        Assert.Equal("100% Sure_", Assert.Single((await Find(new AccountSearch { Text = "0%" })).Lines).FullName);
        Assert.Equal("100% Sure_", Assert.Single((await Find(new AccountSearch { Text = "e_" })).Lines).FullName);
        Assert.Equal("100% Sure_", Assert.Single((await Find(new AccountSearch { Status = StaffStatus.Inactive })).Lines).FullName);
        var first = await Find(new AccountSearch { Role = StaffRole.Receptionist });
        var second = await Find(new AccountSearch { Role = StaffRole.Receptionist, Page = 99 });
        Assert.Equal((30, 2, 0, 25), (first.Total, first.Pages, first.Page, first.Lines.Count));
        Assert.Equal((1, "Desk 25", 5), (second.Page, second.Lines[0].FullName, second.Lines.Count));
        Assert.All(await clinic.TrailOfAsync(admin), e => Assert.Equal("staff.read", e.Event));
    }

    [Fact]
    public async Task A_link_lets_a_new_person_set_a_password_once_and_within_72_hours()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var admin = await clinic.Given.AdminAsync();
        await using var acting = clinic.As(admin);
        await using var nobody = clinic.AsNobody();
        var welcome = nobody.Get<IWelcome>();

        var made = (await acting.Get<IStaffAccounts>().CreateAsync(Mary(), Cancellation)).Value();

        Assert.Equal(clinic.Clock.Now.AddHours(72), made.ExpiresAt);
        Assert.Equal(made.ExpiresAt, made.Account.LinkExpiresAt);
        Assert.Null(made.Account.PasswordChangedAt);
        await clinic.AssertNowhereInTheTrailAsync(made.Secret);
        Assert.Equal("Mary Thomas", (await welcome.OpenAsync(made.Secret, Cancellation)).Value().FullName);
        Assert.Equal("Password", (await welcome.SetPasswordAsync(made.Secret, "mary thomas 1234", Somewhere, Cancellation)).Refusal?.Field);
        Assert.False((await SignInAsync(nobody, "mary.t")).Succeeded);

        (await welcome.SetPasswordAsync(made.Secret, Password, Somewhere, Cancellation)).Value();

        Assert.Equal(made.Account.Id, (await SignInAsync(nobody, "mary.t")).Value().Session.UserId);
        (await welcome.OpenAsync(made.Secret, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await welcome.SetPasswordAsync(made.Secret, "another lantern over ten", Somewhere, Cancellation)).AssertRefused(RefusalKind.NotFound);
        await clinic.AssertTrailAsync(admin, "user.create", "account.link");

        var late = (await acting.Get<IStaffAccounts>().ResetPasswordAsync(made.Account.Id, Cancellation)).Value();
        clinic.Clock.Now = clinic.Clock.Now.AddHours(72);
        (await welcome.SetPasswordAsync(late.Secret, Password, Somewhere, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await welcome.OpenAsync("no secret at all", Cancellation)).AssertRefused(RefusalKind.NotFound);
    }

    [Fact]
    public async Task A_link_that_two_browsers_use_at_once_is_used_by_one()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var acting = clinic.As(await clinic.Given.AdminAsync());
        await using var nobody = clinic.AsNobody();
        var made = (await acting.Get<IStaffAccounts>().CreateAsync(Mary(), Cancellation)).Value();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => nobody.Get<IWelcome>()
            .SetPasswordAsync(made.Secret, FormattableString.Invariant($"a lantern over {i} rivers and hills"), Somewhere, Cancellation)));

        Assert.Single(answers, a => a.Succeeded);
    }

    [Fact]
    public async Task Resetting_a_password_ends_the_sessions_the_password_and_the_earlier_link()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var acting = clinic.As(await clinic.Given.AdminAsync());
        await using var nobody = clinic.AsNobody();
        var accounts = acting.Get<IStaffAccounts>();
        var made = (await accounts.CreateAsync(Mary(), Cancellation)).Value();
        await nobody.Get<IWelcome>().SetPasswordAsync(made.Secret, Password, Somewhere, Cancellation);
        var session = (await SignInAsync(nobody, "mary.t")).Value();

        var first = (await accounts.ResetPasswordAsync(made.Account.Id, Cancellation)).Value();
        var second = (await accounts.ResetPasswordAsync(made.Account.Id, Cancellation)).Value();

        Assert.Null(await nobody.Get<ISessions>().FindAsync(session.Secret, Cancellation));
        Assert.False((await SignInAsync(nobody, "mary.t")).Succeeded);
        (await nobody.Get<IWelcome>().OpenAsync(first.Secret, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await nobody.Get<IWelcome>().OpenAsync(second.Secret, Cancellation)).Value();
    }

    [Fact]
    public async Task Says_beside_the_field_what_is_wrong_and_which_name_is_taken()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var acting = clinic.As(await clinic.Given.AdminAsync());
        var accounts = acting.Get<IStaffAccounts>();
        (await accounts.CreateAsync(Mary(), Cancellation)).Value();
        foreach (var (draft, field) in new (Action<AccountDraft> Change, string Field)[]
        {
            (d => d.UserName = "m@t", "UserName"),
            (d => d.Email = "nowhere", "Email"),
            (d => d.FullName = " ", "FullName"),
            (d => d.Phone = "12", "Phone"),
            (d => d.Role = StaffRole.Doctor, "RegistrationNumber"),
            (d => d.Specialty = new string('a', 51), "Specialty"),
            (d => d.UserName = "MARY.T", "UserName"),
            (d => (d.UserName, d.Email) = ("other", "Mary.T@clinic.example"), "Email"),
        })
        {
            var wrong = Mary();
            draft(wrong);
            Assert.Equal(field, (await accounts.CreateAsync(wrong, Cancellation)).Refusal?.Field);
        }
    }

    [Fact]
    public async Task Another_role_ends_the_sessions_and_a_change_that_somebody_else_made_is_not_lost()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var acting = clinic.As(await clinic.Given.AdminAsync());
        await using var nobody = clinic.AsNobody();
        var accounts = acting.Get<IStaffAccounts>();
        var made = (await accounts.CreateAsync(Mary(), Cancellation)).Value();
        await nobody.Get<IWelcome>().SetPasswordAsync(made.Secret, Password, Somewhere, Cancellation);
        var session = (await SignInAsync(nobody, "mary.t")).Value();
        var seen = (await accounts.OpenAsync(made.Account.Id, Cancellation)).Value();

        var renamed = AccountDraft.Of(seen);
        renamed.FullName = "Mary Joseph";
        (await accounts.SaveAsync(seen.Id, renamed, Cancellation)).Value();
        Assert.NotNull(await nobody.Get<ISessions>().FindAsync(session.Secret, Cancellation));
        (await accounts.SaveAsync(seen.Id, AccountDraft.Of(seen), Cancellation)).AssertRefused(RefusalKind.Conflict);

        var promoted = AccountDraft.Of((await accounts.OpenAsync(seen.Id, Cancellation)).Value());
        promoted.Role = StaffRole.Receptionist;
        Assert.Equal(StaffRole.Receptionist, (await accounts.SaveAsync(seen.Id, promoted, Cancellation)).Value().Role);
        Assert.Null(await nobody.Get<ISessions>().FindAsync(session.Secret, Cancellation));
    }

    private static AccountDraft Mary() => new()
    {
        UserName = "mary.t",
        Email = "mary.t@clinic.example",
        FullName = "Mary Thomas",
        Role = StaffRole.Nurse,
        Phone = "98450 11827",
    };

    private static Task<Result<SignedIn>> SignInAsync(ActingPerson nobody, string name)
        => nobody.Get<ISignIn>().SignInAsync(name, Password, Somewhere, Cancellation);
}
