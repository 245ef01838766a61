using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Data.Stores.Cache;
using DrAssistant.Portal.Tests.Support;
using StackExchange.Redis;

namespace DrAssistant.Portal.Tests.Staff.SignIn;

/// <summary>A real Redis that is emptied, stopped, and started with what it held long ago. PostgreSQL is the record.</summary>
public sealed class SessionsWhileRedisFails(ClinicDatabase databases)
{
    private static readonly string Prefix = RedisCache.PrefixOf("Sanjeevani Clinic");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_has_the_seeds_shape_and_is_what_is_read()
    {
        await using var redis = await RedisUnderTest.StartAsync();
        await using var clinic = await SignInClinic.OpenAsync(databases, redis);
        var id = await clinic.PersonAsync();
        var meera = await clinic.SignedInAsync("meera.iyer");
        Assert.NotNull(await clinic.FindAsync(meera));

        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Connection);
        var copy = JsonNode.Parse((string)(await connection.GetDatabase().StringGetAsync(KeyOf(meera)))!)!;
        Assert.Equal(id.ToString(), (string?)copy["userId"]);
        Assert.Equal("doctor", (string?)copy["role"]);
        Assert.Equal(SignInClinic.Morning.ToUnixTimeSeconds(), (long)copy["created"]!);
        Assert.Equal(SignInClinic.Morning.AddHours(12).ToUnixTimeSeconds(), (long)copy["expires"]!);
        Assert.Equal(SignInClinic.Morning.ToUnixTimeSeconds(), (long)copy["lastActivity"]!);
        Assert.Equal(("192.0.2.7", "A browser"), ((string?)copy["ipAddress"], (string?)copy["userAgent"]));
        Assert.Contains("sign:notes", copy["permissions"]!.AsArray().Select(p => (string?)p));
        Assert.DoesNotContain(meera.Secret, copy.ToJsonString(), StringComparison.Ordinal);

        // What nobody who ends sessions or changes accounts would do: the record says another thing, and is not asked.
        await clinic.AskAsync<object>("UPDATE sessions SET user_agent = 'not asked' WHERE id = $1", meera.Session.Id);
        Assert.Equal("A browser", (await clinic.FindAsync(meera))?.UserAgent);

        clinic.Clock.Now += TimeSpan.FromSeconds(3);
        Assert.Equal("not asked", (await clinic.FindWithoutLookingAsync(meera))?.UserAgent);
    }

    [Fact]
    public async Task Activity_moves_the_idle_end_of_the_copy_and_not_the_absolute_one()
    {
        await using var redis = await RedisUnderTest.StartAsync();
        await using var clinic = await SignInClinic.OpenAsync(databases, redis);
        await clinic.PersonAsync();
        var meera = await clinic.SignedInAsync("meera.iyer");
        await clinic.FindAsync(meera);
        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Connection);

        clinic.Clock.Now += TimeSpan.FromMinutes(25);
        Assert.True(await clinic.TouchAsync(meera));
        var copy = JsonNode.Parse((string)(await connection.GetDatabase().StringGetAsync(KeyOf(meera)))!)!;
        Assert.Equal(clinic.Clock.Now.ToUnixTimeSeconds(), (long)copy["lastActivity"]!);
        Assert.InRange((await connection.GetDatabase().KeyTimeToLiveAsync(KeyOf(meera)))!.Value, TimeSpan.FromMinutes(25), TimeSpan.FromMinutes(30));
        Assert.NotNull(await clinic.FindAsync(meera));

        while (clinic.Clock.Now < SignInClinic.Morning.AddMinutes(710))
        {
            clinic.Clock.Now += TimeSpan.FromMinutes(20);
            if (clinic.Clock.Now < SignInClinic.Morning.AddHours(12))
            {
                Assert.True(await clinic.TouchAsync(meera));
            }
        }

        Assert.InRange((await connection.GetDatabase().KeyTimeToLiveAsync(KeyOf(meera)))!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task Nobody_is_signed_out_when_it_is_emptied_or_stops()
    {
        await using var redis = await RedisUnderTest.StartAsync();
        await using var clinic = await SignInClinic.OpenAsync(databases, redis);
        await clinic.PersonAsync();
        var meera = await clinic.SignedInAsync("meera.iyer");
        Assert.NotNull(await clinic.FindAsync(meera));

        await redis.FlushAsync();
        Assert.NotNull(await clinic.FindAsync(meera));

        await redis.KillAsync();
        for (var minute = 0; minute < 40; minute += 10)
        {
            clinic.Clock.Now += TimeSpan.FromMinutes(10);
            Assert.True(await clinic.TouchAsync(meera));
            Assert.NotNull(await clinic.FindAsync(meera));
        }

        var arun = await clinic.PersonAsync("arun.rao", fullName: "Arun Rao");
        Assert.Equal(arun, (await clinic.FindAsync(await clinic.SignedInAsync("arun.rao")))?.UserId);

        await redis.RunAsync();
        Assert.NotNull(await clinic.FindAsync(meera));
    }

    [Fact]
    public async Task What_was_ended_stays_ended_when_it_comes_back_with_what_it_held_before()
    {
        await using var redis = await RedisUnderTest.StartAsync();
        await using var clinic = await SignInClinic.OpenAsync(databases, redis);
        await clinic.PersonAsync();
        var (meera, here) = (await clinic.SignedInAsync("meera.iyer"), await clinic.SignedInAsync("meera.iyer"));
        Assert.NotNull(await clinic.FindAsync(meera));
        await redis.RememberAsync();

        await redis.KillAsync();
        Assert.Equal(1, (await clinic.SessionsAsync(here, s => s.RevokeAsync(meera.Session.Id, "lost a laptop", Cancellation))).Value);
        Assert.Null(await clinic.FindAsync(meera));

        await redis.RunAsync();
        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Connection);
        Assert.True(await connection.GetDatabase().KeyExistsAsync(KeyOf(meera)), "Redis does not have the old copy, so this shows nothing.");
        await using var other = clinic.AnotherPortal();
        for (var seconds = 0; seconds < 5; seconds++)
        {
            Assert.Null(await clinic.FindWithoutLookingAsync(meera));
            Assert.Null(await clinic.FindAsync(meera));
            Assert.Null(await other.FindWithoutLookingAsync(meera));
            Assert.Null(await other.FindAsync(meera));
            (clinic.Clock.Now, other.Clock.Now) = (clinic.Clock.Now.AddSeconds(1), other.Clock.Now.AddSeconds(1));
        }

        Assert.NotNull(await other.FindAsync(here));
    }

    [Fact]
    public async Task An_end_on_one_portal_is_one_on_the_other_within_two_seconds_though_its_copy_is_still_there()
    {
        await using var redis = await RedisUnderTest.StartAsync();
        await using var clinic = await SignInClinic.OpenAsync(databases, redis);
        await clinic.PersonAsync();
        var (meera, here) = (await clinic.SignedInAsync("meera.iyer"), await clinic.SignedInAsync("meera.iyer"));
        await using var other = clinic.AnotherPortal();
        Assert.NotNull(await other.FindAsync(meera));
        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Connection);
        var kept = await connection.GetDatabase().StringGetAsync(KeyOf(meera));

        await clinic.SessionsAsync(here, s => s.RevokeAsync(meera.Session.Id, "ended", Cancellation));
        Assert.False(await connection.GetDatabase().KeyExistsAsync(KeyOf(meera)));
        await connection.GetDatabase().StringSetAsync(KeyOf(meera), kept);

        other.Clock.Now += TimeSpan.FromSeconds(2.1);
        Assert.Null(await other.FindWithoutLookingAsync(meera));
        Assert.Null(await other.FindAsync(meera));
        Assert.Null(await clinic.FindWithoutLookingAsync(meera));
    }

    [Fact]
    public async Task A_role_that_was_taken_away_does_not_come_back_with_a_session_that_slides_on()
    {
        await using var redis = await RedisUnderTest.StartAsync();
        await using var clinic = await SignInClinic.OpenAsync(databases, redis);
        var id = await clinic.PersonAsync();
        var meera = await clinic.SignedInAsync("meera.iyer");
        Assert.Equal(StaffRole.Doctor, (await clinic.FindAsync(meera))?.Role);

        await clinic.AskAsync<object>("UPDATE users SET role = 'nurse' WHERE id = $1", id);
        clinic.Clock.Now += TimeSpan.FromMinutes(5);
        Assert.True(await clinic.TouchAsync(meera));

        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Connection);
        Assert.False(await connection.GetDatabase().KeyExistsAsync(KeyOf(meera)));
        Assert.Equal(StaffRole.Nurse, (await clinic.FindAsync(meera))?.Role);
    }

    [Fact]
    public async Task An_ended_session_does_not_begin_again_because_somebody_makes_its_copy_look_fresh()
    {
        await using var redis = await RedisUnderTest.StartAsync();
        await using var clinic = await SignInClinic.OpenAsync(databases, redis);
        await clinic.PersonAsync();
        var (meera, here) = (await clinic.SignedInAsync("meera.iyer"), await clinic.SignedInAsync("meera.iyer"));
        Assert.NotNull(await clinic.FindAsync(meera));
        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Connection);
        var copy = JsonNode.Parse((string)(await connection.GetDatabase().StringGetAsync(KeyOf(meera)))!)!.AsObject();
        await clinic.SessionsAsync(here, s => s.RevokeAsync(meera.Session.Id, "lost a laptop", Cancellation));

        await using var other = clinic.AnotherPortal();
        other.Clock.Now += TimeSpan.FromHours(3);
        copy["lastActivity"] = other.Clock.Now.ToUnixTimeSeconds();
        await connection.GetDatabase().StringSetAsync(KeyOf(meera), copy.ToJsonString());

        Assert.Null(await other.FindAsync(meera));
    }

    [Fact]
    public async Task Who_can_write_into_it_cannot_sign_in_as_somebody()
    {
        await using var redis = await RedisUnderTest.StartAsync();
        await using var clinic = await SignInClinic.OpenAsync(databases, redis);
        await clinic.PersonAsync();
        var meera = await clinic.SignedInAsync("meera.iyer");
        Assert.NotNull(await clinic.FindAsync(meera));
        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Connection);
        var copy = JsonNode.Parse((string)(await connection.GetDatabase().StringGetAsync(KeyOf(meera)))!)!.AsObject();
        var forged = meera with { Secret = SessionSecret.Create() };

        await connection.GetDatabase().StringSetAsync(KeyOf(forged), copy.ToJsonString());
        Assert.Null(await clinic.FindAsync(forged));

        copy["role"] = "admin";
        await connection.GetDatabase().StringSetAsync(KeyOf(meera), copy.ToJsonString());
        Assert.Equal(StaffRole.Doctor, (await clinic.FindAsync(meera))?.Role);

        foreach (var rubbish in new[] { "", "null", "{}", "[1]", JsonSerializer.Serialize(new { role = "admin" }) })
        {
            await connection.GetDatabase().StringSetAsync(KeyOf(meera), rubbish);
            Assert.Equal(StaffRole.Doctor, (await clinic.FindAsync(meera))?.Role);
        }
    }

    private static string KeyOf(SignedIn person)
        => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{RedisSessionCopies.KeyOf(SessionSecret.KeyOf(person.Secret)!)}");
}
