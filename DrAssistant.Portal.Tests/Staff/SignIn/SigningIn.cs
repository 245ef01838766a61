using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Portal.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Staff.SignIn;

/// <summary>On a real PostgreSQL, as <c>clinic_app</c> and as nobody, because nobody is signed in yet.</summary>
public sealed class SigningIn(ClinicDatabase databases)
{
    private const string Words = "The name or the password is not right, or the account is locked. Check both and try again.";

    [Theory]
    [InlineData("meera.iyer")]
    [InlineData("MEERA.Iyer")]
    [InlineData("  meera.iyer ")]
    [InlineData("Meera.Iyer@Clinic.example")]
    public async Task works_with_the_user_name_or_the_e_mail_address_in_any_case(string name)
    {
        await using var clinic = await SignInClinic.OpenAsync(databases);
        var meera = await clinic.PersonAsync();

        var signedIn = (await clinic.SignInAsync(name)).Value;

        Assert.NotNull(signedIn);
        Assert.Equal((meera, "meera.iyer", "Meera Iyer", StaffRole.Doctor), (signedIn.Session.UserId, signedIn.Session.UserName, signedIn.Session.FullName, signedIn.Session.Role));
        Assert.Equal(SignInClinic.Morning.AddHours(12), signedIn.Session.ExpiresAt);
        Assert.Equal(signedIn.Session.Id, (await clinic.FindAsync(signedIn))?.Id);
        Assert.Equal(SignInClinic.Morning.UtcDateTime, await clinic.AskAsync<DateTime>("SELECT last_login_at FROM users WHERE id = $1", meera));
    }

    [Fact]
    public async Task fails_in_the_same_words_and_after_the_same_work_whatever_was_wrong()
    {
        await using var clinic = await SignInClinic.OpenAsync(databases);
        await clinic.PersonAsync();
        var left = await clinic.PersonAsync("arun.rao", fullName: "Arun Rao");
        var locked = await clinic.PersonAsync("zoya.khan", fullName: "Zoya Khan");
        await clinic.AskAsync<object>("UPDATE users SET status = 'inactive' WHERE id = $1", left);
        await clinic.AskAsync<object>("UPDATE users SET lockout_end = $2 WHERE id = $1", locked, SignInClinic.Morning.AddMinutes(1));
        await clinic.SignInAsync("meera.iyer");

        foreach (var (name, password) in new[]
        {
            ("meera.iyer", SignInClinic.Password),
            ("meera.iyer", "a lantern over ten rivers"),
            ("nobody.at.all", SignInClinic.Password),
            ("nobody@clinic.example", SignInClinic.Password),
            ("arun.rao", SignInClinic.Password),
            ("zoya.khan", SignInClinic.Password),
            ("zoya.khan", "a lantern over ten rivers"),
            ("", ""),
        })
        {
            var before = clinic.Hashes.Made;
            var answer = await clinic.SignInAsync(name, password);

            Assert.Equal(1, clinic.Hashes.Made - before);
            if (!answer.Succeeded)
            {
                Assert.Equal((RefusalKind.Invalid, Words, (string?)null), (answer.Refusal.Kind, answer.Refusal.Message, answer.Refusal.Field));
            }
        }

        Assert.Equal(2, (await clinic.TrailAsync()).Count(e => e.Event == "sign-in.done"));
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("\ud800")]
    [InlineData("' OR 1=1 --")]
    [InlineData("a@b@c")]
    public async Task takes_any_text_for_a_name(string name)
    {
        await using var clinic = await SignInClinic.OpenAsync(databases);

        Assert.Equal(Words, (await clinic.SignInAsync(name)).Refusal?.Message);
        Assert.Equal(Words, (await clinic.SignInAsync(new string('a', 100_000))).Refusal?.Message);
        Assert.Equal(Words, (await clinic.SignInAsync(name, new string('a', 1_000_000))).Refusal?.Message);
    }

    [Fact]
    public async Task locks_the_account_after_five_wrong_passwords_for_a_quarter_of_an_hour()
    {
        await using var clinic = await SignInClinic.OpenAsync(databases);
        await clinic.PersonAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.False((await clinic.SignInAsync("meera.iyer", $"wrong {i}")).Succeeded);
        }

        Assert.False((await clinic.SignInAsync("meera.iyer")).Succeeded);
        clinic.Clock.Now = SignInClinic.Morning.AddMinutes(15).AddSeconds(-1);
        Assert.False((await clinic.SignInAsync("meera.iyer@clinic.example")).Succeeded);
        clinic.Clock.Now = SignInClinic.Morning.AddMinutes(15);
        Assert.True((await clinic.SignInAsync("meera.iyer")).Succeeded);

        Assert.Equal(
            ["sign-in.failed", "sign-in.failed", "sign-in.failed", "sign-in.failed", "sign-in.locked", "sign-in.locked", "sign-in.locked", "sign-in.done"],
            (await clinic.TrailAsync()).Select(e => e.Event));
    }

    [Fact]
    public async Task forgives_earlier_mistakes_once_the_password_is_right()
    {
        await using var clinic = await SignInClinic.OpenAsync(databases);
        await clinic.PersonAsync();
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(i % 4 == 3, (await clinic.SignInAsync("meera.iyer", i % 4 == 3 ? SignInClinic.Password : "wrong")).Succeeded);
        }
    }

    [Fact]
    public async Task counts_guesses_that_arrive_at_the_same_moment_one_by_one()
    {
        await using var clinic = await SignInClinic.OpenAsync(databases);
        await clinic.PersonAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => clinic.SignInAsync("meera.iyer", $"guess {i}")));

        Assert.DoesNotContain(answers, a => a.Succeeded);
        Assert.Equal(
            [("account is locked", 19), ("too many wrong passwords", 1), ("wrong password", 4)],
            (await clinic.TrailAsync()).GroupBy(e => e.Reason).Select(g => (g.Key, g.Count())).OrderBy(g => g.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task gives_a_new_secret_every_time_and_keeps_only_its_hash()
    {
        await using var clinic = await SignInClinic.OpenAsync(databases);
        await clinic.PersonAsync();

        var (first, second) = (await clinic.SignedInAsync("meera.iyer"), await clinic.SignedInAsync("meera.iyer"));

        Assert.NotEqual(first.Secret, second.Secret);
        Assert.NotEqual(first.Session.Id, second.Session.Id);
        Assert.Equal(43, first.Secret.Length);
        Assert.Equal(2L, await clinic.AskAsync<long>(
            "SELECT count(*) FROM sessions WHERE key_hash IN ($1, $2)",
            SHA256.HashData(Encoding.ASCII.GetBytes(first.Secret)), SHA256.HashData(Encoding.ASCII.GetBytes(second.Secret))));
        Assert.Equal(0L, await clinic.AskAsync<long>("SELECT count(*) FROM sessions s WHERE s::text LIKE '%' || $1 || '%'", first.Secret));
        Assert.DoesNotContain(first.Secret, first.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ends_the_session_that_the_browser_had_before()
    {
        await using var clinic = await SignInClinic.OpenAsync(databases);
        await clinic.PersonAsync();
        await clinic.PersonAsync("arun.rao", fullName: "Arun Rao");
        var meera = await clinic.SignedInAsync("meera.iyer");
        var elsewhere = await clinic.SignedInAsync("meera.iyer");

        var arun = (await clinic.SignInAsync("arun.rao", earlierSecret: meera.Secret)).Value!;

        Assert.Null(await clinic.FindAsync(meera));
        Assert.NotNull(await clinic.FindAsync(elsewhere));
        Assert.NotNull(await clinic.FindAsync(arun));
    }

    [Fact]
    public async Task is_in_the_audit_trail_without_what_was_typed_and_without_an_actor()
    {
        await using var clinic = await SignInClinic.OpenAsync(databases);
        var meera = await clinic.PersonAsync();
        await clinic.SignInAsync("meera.iyer", "typed in the wrong field");
        await clinic.SignInAsync("Unheard Of Person", "typed in the wrong field");
        var signedIn = await clinic.SignedInAsync("meera.iyer");

        var trail = await clinic.TrailAsync();

        Assert.Equal([("sign-in.failed", (Guid?)meera), ("sign-in.failed", null), ("sign-in.done", meera)], trail.Select(e => (e.Event, e.ResourceId)));
        Assert.All(trail, e => Assert.Equal(((Guid?)null, "user", "192.0.2.7", "A browser"), (e.ActorId, e.ResourceType, e.IpAddress?.ToString(), e.UserAgent)));
        Assert.Equal([null, null, signedIn.Session.Id], trail.Select(e => e.SessionId));
        foreach (var typed in new[] { "typed in", "unheard", SignInClinic.Password, signedIn.Secret })
        {
            Assert.Equal(0L, await clinic.AskAsync<long>("SELECT count(*) FROM audit_events e WHERE e::text ILIKE '%' || $1 || '%'", typed));
        }
    }

    [Fact]
    public async Task makes_an_old_password_hash_as_strong_as_new_ones()
    {
        await using var clinic = await SignInClinic.OpenAsync(databases);
        var meera = await clinic.PersonAsync();
        clinic.Hashes.Rounds = 3_000;

        Assert.False((await clinic.SignInAsync("meera.iyer", "wrong")).Succeeded);
        Assert.Equal(2_000, await RoundsAsync(clinic, meera));
        Assert.True((await clinic.SignInAsync("meera.iyer")).Succeeded);
        Assert.Equal(3_000, await RoundsAsync(clinic, meera));
        Assert.True((await clinic.SignInAsync("meera.iyer")).Succeeded);
    }

    [Fact]
    public void hashes_with_PBKDF2_SHA_512_and_210_000_rounds()
    {
        var services = new ServiceCollection();
        services.AddLogging().AddOptions();
        services.AddSignIn(new ConfigurationBuilder().Build());
        using var provider = services.BuildServiceProvider();

        var hash = Convert.FromBase64String(provider.GetRequiredService<StaffPasswords>().Hash(SignInClinic.Password));

        // Identity's format 1: a marker, the function (2 is HMAC-SHA-512), the rounds, the length of the salt.
        Assert.Equal((1, 2u, 210_000u, 16u), (hash[0], Number(hash, 1), Number(hash, 5), Number(hash, 9)));
        Assert.IsType<PasswordHasher<StaffMember>>(provider.GetRequiredService<IPasswordHasher<StaffMember>>());
    }

    private static async Task<int> RoundsAsync(SignInClinic clinic, Guid person)
        => (int)Number(Convert.FromBase64String(await clinic.AskAsync<string>("SELECT password_hash FROM users WHERE id = $1", person) ?? ""), 5);

    private static uint Number(byte[] hash, int at) => BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(at));
}
