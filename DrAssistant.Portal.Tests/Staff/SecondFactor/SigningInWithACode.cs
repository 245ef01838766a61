using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.Accounts;
using DrAssistant.Data.Staff.SecondFactor;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DrAssistant.Portal.Tests.Staff.SecondFactor;

public sealed class SigningInWithACode(ClinicDatabase databases)
{
    private const string Password = "a lantern over nine rivers";
    private static readonly SignInOrigin Somewhere = new("192.0.2.7", "A browser");
    private static readonly Dictionary<string, string?> Required = new() { ["Clinic:SecondFactor:RequiredFor:0"] = "Doctor" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task takes_the_password_and_then_the_code_which_is_good_once()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var meera = await PersonAsync(clinic);
        var (secret, _) = await SetUpAsync(clinic, meera);
        clinic.Clock.Now = clinic.Clock.Now.AddSeconds(30);
        var code = Code(clinic, secret);

        var asked = await AskedAsync(clinic);
        Assert.Null(asked.Offer);
        Assert.Equal(meera.Id, (await CompleteAsync(clinic, asked.Ticket, code)).Value().Session.UserId);

        // The ticket is used, and so is the code.
        Assert.False((await CompleteAsync(clinic, asked.Ticket, code)).Refusal is CodeNeeded);
        Assert.IsType<CodeNeeded>((await CompleteAsync(clinic, (await AskedAsync(clinic)).Ticket, code)).Refusal);
        clinic.Clock.Now = clinic.Clock.Now.AddSeconds(30);
        Assert.True((await CompleteAsync(clinic, (await AskedAsync(clinic)).Ticket, Code(clinic, secret))).Succeeded);
    }

    [Fact]
    public async Task lets_one_in_when_two_portals_are_given_the_same_code_at_once()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (secret, recovery) = await SetUpAsync(clinic, await PersonAsync(clinic));
        clinic.Clock.Now = clinic.Clock.Now.AddMinutes(1);
        foreach (var code in new[] { Code(clinic, secret), recovery[3] })
        {
            var tickets = new[] { await AskedAsync(clinic), await AskedAsync(clinic), await AskedAsync(clinic) };

            var answers = await Task.WhenAll(tickets.Select(t => CompleteAsync(clinic, t.Ticket, code)));

            Assert.Single(answers, a => a.Succeeded);
        }
    }

    [Fact]
    public async Task lets_a_recovery_code_in_once()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var meera = await PersonAsync(clinic);
        var (_, recovery) = await SetUpAsync(clinic, meera);

        Assert.True((await CompleteAsync(clinic, (await AskedAsync(clinic)).Ticket, recovery[0])).Succeeded);
        Assert.False((await CompleteAsync(clinic, (await AskedAsync(clinic)).Ticket, recovery[0])).Succeeded);
        await using var acting = clinic.As(meera);
        Assert.Equal(9, (await acting.Get<ISecondFactor>().StateAsync(Cancellation)).Value().CodesLeft);
    }

    [Fact]
    public async Task locks_the_account_after_five_wrong_codes_which_no_right_password_forgives()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (secret, _) = await SetUpAsync(clinic, await PersonAsync(clinic));
        clinic.Clock.Now = clinic.Clock.Now.AddMinutes(1);
        for (var i = 0; i < 5; i++)
        {
            Assert.False((await CompleteAsync(clinic, (await AskedAsync(clinic)).Ticket, "wrong!")).Succeeded);
        }

        Assert.IsNotType<CodeNeeded>((await SignInAsync(clinic)).Refusal);
        clinic.Clock.Now = clinic.Clock.Now.AddMinutes(15);
        Assert.True((await CompleteAsync(clinic, (await AskedAsync(clinic)).Ticket, Code(clinic, secret))).Succeeded);
    }

    [Fact]
    public async Task waits_five_minutes_for_the_code()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (secret, _) = await SetUpAsync(clinic, await PersonAsync(clinic));
        var asked = await AskedAsync(clinic);

        clinic.Clock.Now = clinic.Clock.Now.AddMinutes(5);

        Assert.IsNotType<CodeNeeded>((await CompleteAsync(clinic, asked.Ticket, Code(clinic, secret))).Refusal);
        Assert.False((await CompleteAsync(clinic, "no ticket", Code(clinic, secret))).Succeeded);
    }

    [Fact]
    public async Task keeps_no_ticket_that_its_person_never_finished()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await SetUpAsync(clinic, await PersonAsync(clinic));
        await AskedAsync(clinic);
        await AskedAsync(clinic);

        clinic.Clock.Now = clinic.Clock.Now.AddMinutes(6);
        await AskedAsync(clinic);

        Assert.Equal(1, await clinic.BehindAsync(db => db.SignInTickets.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task begins_no_session_without_a_factor_where_the_role_requires_one()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases, settings: Required);
        var meera = await PersonAsync(clinic);
        var asked = await AskedAsync(clinic);
        var secret = SecretOf(asked.Offer!);
        Assert.Equal(0L, await CountAsync(clinic));

        Assert.NotNull(Assert.IsType<CodeNeeded>((await CompleteAsync(clinic, asked.Ticket, "000000 ")).Refusal).Offer);
        Assert.Equal(0L, await CountAsync(clinic));
        var signedIn = (await CompleteAsync(clinic, asked.Ticket, Code(clinic, secret))).Value();

        Assert.Equal(10, signedIn.NewCodes?.Codes.Count);
        Assert.Null((await AskedAsync(clinic)).Offer);
        await using var acting = clinic.As(meera);
        (await acting.Get<ISecondFactor>().TurnOffAsync(Password, Cancellation)).AssertRefused(RefusalKind.Conflict);
    }

    [Fact]
    public async Task ends_what_began_without_a_factor_once_the_role_requires_one()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases, settings: Required);
        var (doctor, nurse) = (await PersonAsync(clinic), await PersonAsync(clinic, "nila.das", StaffRole.Nurse));
        await clinic.Given.SaveAsync(
            Session.Begin(SessionSecret.Create(), doctor.Id, Somewhere, clinic.Clock.Now, clinic.Clock.Now.AddHours(12)),
            Session.Begin(SessionSecret.Create(), nurse.Id, Somewhere, clinic.Clock.Now, clinic.Clock.Now.AddHours(12)));

        await clinic.Services.GetServices<IHostedService>().OfType<RequiredFactors>().Single().StartAsync(Cancellation);

        Assert.Equal(1L, await CountAsync(clinic));
        Assert.True((await SignInAsync(clinic, "nila.das")).Succeeded);
    }

    [Fact]
    public async Task asks_no_more_once_an_admin_took_the_factor_away_or_its_person_turned_it_off()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var meera = await PersonAsync(clinic);
        await using var admin = clinic.As(await clinic.Given.AdminAsync());
        await using var acting = clinic.As(meera);
        var factor = acting.Get<ISecondFactor>();
        await SetUpAsync(clinic, meera);

        (await admin.Get<IStaffAccounts>().ResetSecondFactorAsync(meera.Id, Cancellation)).Value();
        Assert.True((await SignInAsync(clinic)).Succeeded);

        await SetUpAsync(clinic, meera);
        Assert.Equal("Password", (await factor.TurnOffAsync("a wrong one", Cancellation)).Refusal?.Field);
        Assert.False((await SignInAsync(clinic)).Succeeded);
        Assert.False((await factor.TurnOffAsync(Password, Cancellation)).Value().IsOn);
        Assert.True((await SignInAsync(clinic)).Succeeded);
    }

    [Fact]
    public async Task is_set_up_with_ones_own_offer_code_and_password()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (meera, nila) = (await PersonAsync(clinic), await PersonAsync(clinic, "nila.das", StaffRole.Nurse));
        await using var acting = clinic.As(meera);
        await using var other = clinic.As(nila);
        var factor = acting.Get<ISecondFactor>();
        var offer = (await factor.OfferAsync(Cancellation)).Value();
        var code = Code(clinic, SecretOf(offer));

        Assert.Equal("Code", (await factor.TurnOnAsync(offer, "wrong", Password, Cancellation)).Refusal?.Field);
        Assert.Equal("Password", (await factor.TurnOnAsync(offer, code, "wrong", Cancellation)).Refusal?.Field);
        (await other.Get<ISecondFactor>().TurnOnAsync(offer, code, Password, Cancellation)).AssertRefused(RefusalKind.Conflict);
        (await factor.RenewCodesAsync(Password, Cancellation)).AssertRefused(RefusalKind.Conflict);
        Assert.False((await factor.StateAsync(Cancellation)).Value().IsOn);

        var codes = (await factor.TurnOnAsync(offer, code, Password, Cancellation)).Value().Codes;

        Assert.NotEqual(codes, (await factor.RenewCodesAsync(Password, Cancellation)).Value().Codes);
        Assert.False((await CompleteAsync(clinic, (await AskedAsync(clinic)).Ticket, codes[0])).Succeeded);
        Assert.StartsWith("data:image/png;base64,", offer.Picture, StringComparison.Ordinal);
        await clinic.AssertNowhereInTheTrailAsync(codes[0]);
    }

    private static async Task<ClinicPerson> PersonAsync(ClinicUnderTest clinic, string name = "meera.iyer", StaffRole role = StaffRole.Doctor)
    {
        var made = await clinic.Services.GetRequiredService<StaffAccounts>().CreateAsync(new StaffAccount(name, $"{name}@clinic.example", "Meera Iyer", role), Password);
        return new ClinicPerson(made.Value(), role, "Meera Iyer");
    }

    private static async Task<(byte[] Secret, IReadOnlyList<string> Recovery)> SetUpAsync(ClinicUnderTest clinic, ClinicPerson person)
    {
        await using var acting = clinic.As(person);
        var factor = acting.Get<ISecondFactor>();
        var offer = (await factor.OfferAsync(Cancellation)).Value();
        var codes = (await factor.TurnOnAsync(offer, Code(clinic, SecretOf(offer)), Password, Cancellation)).Value();
        return (SecretOf(offer), codes.Codes);
    }

    /// <summary>As an authenticator takes it up: the key that is shown.</summary>
    private static byte[] SecretOf(FactorOffer offer)
    {
        var bits = string.Concat(offer.Key.Where(char.IsAsciiLetterOrDigit)
            .Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }

    private static string Code(ClinicUnderTest clinic, byte[] secret) => Totp.Code(secret, Totp.StepOf(clinic.Clock.Now));

    private static async Task<CodeNeeded> AskedAsync(ClinicUnderTest clinic) => Assert.IsType<CodeNeeded>((await SignInAsync(clinic)).Refusal);

    private static async Task<Result<SignedIn>> SignInAsync(ClinicUnderTest clinic, string name = "meera.iyer")
    {
        await using var nobody = clinic.AsNobody();
        return await nobody.Get<ISignIn>().SignInAsync(name, Password, Somewhere, Cancellation);
    }

    private static async Task<Result<SignedIn>> CompleteAsync(ClinicUnderTest clinic, string ticket, string code)
    {
        await using var nobody = clinic.AsNobody();
        return await nobody.Get<ISignIn>().CompleteAsync(ticket, code, Somewhere, Cancellation);
    }

    private static Task<long> CountAsync(ClinicUnderTest clinic)
        => clinic.BehindAsync(db => db.Sessions.LongCountAsync(s => s.RevokedAt == null, Cancellation));
}
