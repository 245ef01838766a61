using System.Globalization;
using DrAssistant.Data;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.Preferences;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Bench;

/// <summary>
/// How often a request's session is known by its copy in Redis, through a morning of four hours and twenty-four people: each comes within half an hour, asks for something every forty
/// seconds or so (a page, a photo, a PDF), pauses, changes a preference now and then, and signs in again where the session ended meanwhile. The clock is moved; Redis, PostgreSQL and
/// every rule of trust are the real ones.
/// </summary>
internal static class MorningBench
{
    private const int People = 24;
    private const string Password = "a lantern over nine rivers";
    private static readonly TimeSpan Morning = TimeSpan.FromHours(4);

    public static async Task RunAsync(BenchClinic clinic)
    {
        var clock = new MovedClock(TimeProvider.System.GetUtcNow());
        var record = ActivatorUtilities.CreateInstance<LatelyEnded>(clinic.Services, clock);
        var copies = new Counting(ActivatorUtilities.CreateInstance<RedisSessionCopies>(clinic.Services, record, clock));
        await using var scope = clinic.Services.CreateAsyncScope();
        var store = ActivatorUtilities.CreateInstance<SessionStore>(scope.ServiceProvider, clinic.Services.GetRequiredService<ClinicDataSources>(), copies, clock);
        var chance = new Random(20261130);
        var staff = await HireAsync(clinic, chance, clock.GetUtcNow());

        var (end, signIns, changes, looked) = (clock.GetUtcNow() + Morning, 0, 0, clock.GetUtcNow());
        while (staff.MinBy(p => p.Next)! is var person && person.Next < end)
        {
            clock.Now = person.Next;
            if (clock.Now - looked >= TimeSpan.FromSeconds(1))
            {
                looked = clock.Now;
                await record.LookAsync(default);
            }

            if (person.Secret is null || await store.FindAsync(person.Secret, default) is not { } session)
            {
                (person.Secret, signIns) = (await BeginAsync(clinic, person.Id, clock.Now), signIns + 1);
            }
            else
            {
                await store.TouchAsync(session.Id, default);
                if (chance.NextDouble() < 0.005)
                {
                    changes++;
                    await using var acting = clinic.As(person.Id, StaffRole.Nurse);
                    await acting.ServiceProvider.GetRequiredService<IPreferences>().ChangeAsync(p => p with { NavigationFolded = !p.NavigationFolded }, default);
                }
            }

            // Two in a hundred go for tea or a round, and some of those are away for longer than a session waits.
            person.Next += chance.NextDouble() < 0.02 ? TimeSpan.FromMinutes(5 + (chance.NextDouble() * 40)) : TimeSpan.FromSeconds(-40 * Math.Log(1 - chance.NextDouble()));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"A morning of {People} people: {copies.Asked} requests, {copies.Found} known by their copy ({100.0 * copies.Found / copies.Asked:F1} %); {signIns} sign-ins, {changes} changed preferences"));
    }

    private static async Task<List<Person>> HireAsync(BenchClinic clinic, Random chance, DateTimeOffset start)
    {
        var accounts = clinic.Services.GetRequiredService<StaffAccounts>();
        var staff = new List<Person>();
        for (var i = 0; i < People; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"person.{i}");
            var id = (await accounts.CreateAsync(new StaffAccount(name, $"{name}@clinic.example", name, StaffRole.Nurse), Password)).Value;
            staff.Add(new Person(id, start + (chance.NextDouble() * TimeSpan.FromMinutes(30))));
        }

        return staff;
    }

    /// <summary>What signing in writes, without the hash of a password, which is not what is measured.</summary>
    private static async Task<string> BeginAsync(BenchClinic clinic, Guid person, DateTimeOffset now)
    {
        var secret = SessionSecret.Create();
        var session = Session.Begin(secret, person, new SignInOrigin("192.0.2.7", "A browser"), now, now.AddHours(12));
        await using var acting = clinic.As(person, StaffRole.Nurse);
        await using var db = await acting.ServiceProvider.GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync();
        db.Sessions.Add(session);
        await db.SaveChangesAsync();
        await clinic.ExecuteAsync($"UPDATE users SET last_login_at = '{now.UtcDateTime:O}' WHERE id = '{person}'");
        return secret;
    }

    private sealed class Person(Guid id, DateTimeOffset comes)
    {
        public Guid Id => id;

        public DateTimeOffset Next { get; set; } = comes;

        public string? Secret { get; set; }
    }

    private sealed class MovedClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Counting(ISessionCopies copies) : ISessionCopies
    {
        public int Asked { get; private set; }

        public int Found { get; private set; }

        public async Task<SessionView?> FindAsync(byte[] key, CancellationToken cancellation)
        {
            var found = await copies.FindAsync(key, cancellation);
            (Asked, Found) = (Asked + 1, Found + (found is null ? 0 : 1));
            return found;
        }

        public Task KeepAsync(byte[] key, SessionView session, string account, CancellationToken cancellation) => copies.KeepAsync(key, session, account, cancellation);

        public Task SlideAsync(byte[] key, string account, CancellationToken cancellation) => copies.SlideAsync(key, account, cancellation);

        public Task ForgetAsync(IReadOnlyCollection<Session> ended, CancellationToken cancellation) => copies.ForgetAsync(ended, cancellation);
    }
}
