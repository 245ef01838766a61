using DrAssistant.Data;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Security;
using DrAssistant.Portal.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DrAssistant.Portal.Tests.Staff.SignIn;

/// <summary>A clinic of a test's own in which people sign in: the real services, a clock that stands, hashes that are counted.</summary>
internal sealed class SignInClinic : IAsyncDisposable
{
    public const string Password = "a lantern over nine rivers";
    public static readonly DateTimeOffset Morning = new(2026, 11, 5, 3, 30, 0, TimeSpan.Zero);

    private readonly FreshClinic _database;
    private readonly RedisUnderTest? _redis;
    private readonly bool _isGuest;
    private readonly TemporaryFolder _folder;
    private readonly ServiceProvider _services;

    private SignInClinic(FreshClinic database, RedisUnderTest? redis, TemporaryFolder folder, bool isGuest = false)
    {
        (_database, _redis, _folder, _isGuest) = (database, redis, folder, isGuest);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Clinic:Name"] = "Sanjeevani Clinic",
            ["Clinic:DataFolder"] = _folder.Path,
            ["Stores:Cache:Kind"] = redis is null ? "Local" : "Redis",
            ["Stores:Cache:Redis:Connection"] = redis?.Connection,
        }).Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddClinicData<CircuitUser>(configuration)
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IPasswordHasher<StaffMember>>(Hashes)
            .AddSingleton(_ => new ClinicDataSources(database.Connections.App, database.Connections.Worker))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }

    public StoppedClock Clock { get; } = new(Morning);

    public CountingHasher Hashes { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>With <paramref name="redis"/>, sessions are copied there.</summary>
    public static async Task<SignInClinic> OpenAsync(ClinicDatabase databases, RedisUnderTest? redis = null) => new(await databases.NewAsync(Cancellation), redis, new TemporaryFolder());

    /// <summary>Another portal of the same practice, that sees the same time. It knows nothing that is not in a store.</summary>
    public SignInClinic AnotherPortal() => new(_database, _redis, _folder, isGuest: true) { Clock = { Now = Clock.Now } };

    /// <summary>The record of ended sessions is asked, as a running portal does every second.</summary>
    public async Task LookAsync()
    {
        if (_redis is not null)
        {
            await _services.GetRequiredService<LatelyEnded>().LookAsync(Cancellation);
        }
    }

    public async Task<Guid> PersonAsync(string userName = "meera.iyer", StaffRole role = StaffRole.Doctor, string fullName = "Meera Iyer")
    {
        var account = new StaffAccount(userName, $"{userName}@clinic.example", fullName, role);
        var made = await AddAsync(account, Password);
        Assert.Null(made.Refusal);
        return made.Value;
    }

    public Task<Result<Guid>> AddAsync(StaffAccount account, string password)
        => _services.GetRequiredService<StaffAccounts>().CreateAsync(account, password);

    /// <summary>Signs in from a browser of the clinic, in a request of its own.</summary>
    public async Task<Result<SignedIn>> SignInAsync(string name, string password = Password, string? earlierSecret = null)
    {
        await using var request = _services.CreateAsyncScope();
        return await request.ServiceProvider.GetRequiredService<ISignIn>()
            .SignInAsync(name, password, new SignInOrigin("192.0.2.7", "A browser", earlierSecret), Cancellation);
    }

    public async Task<SignedIn> SignedInAsync(string name) => (await SignInAsync(name)).Value ?? throw new InvalidOperationException("Not signed in.");

    /// <summary>The door to sessions as <paramref name="person"/>, or as nobody.</summary>
    public Task<T> SessionsAsync<T>(SignedIn? person, Func<ISessions, Task<T>> ask) => AsAsync(person, ask);

    /// <summary>The door to the keys of unsaved text, in the same way.</summary>
    public Task<T> DraftKeysAsync<T>(SignedIn? person, Func<IDraftKeys, Task<T>> ask) => AsAsync(person, ask);

    private async Task<T> AsAsync<TDoor, T>(SignedIn? person, Func<TDoor, Task<T>> ask)
        where TDoor : notnull
    {
        await using var request = _services.CreateAsyncScope();
        if (person is { Session: var s })
        {
            request.ServiceProvider.GetRequiredService<CircuitUser>()
                .Become(new SessionIdentity(s.Id, s.UserId, s.UserName, s.FullName, s.Role, s.ExpiresAt, "192.0.2.7", "A browser"));
        }

        return await ask(request.ServiceProvider.GetRequiredService<TDoor>());
    }

    public async Task<SessionView?> FindAsync(SignedIn person)
    {
        await LookAsync();
        return await FindWithoutLookingAsync(person);
    }

    public Task<SessionView?> FindWithoutLookingAsync(SignedIn person) => SessionsAsync(null, s => s.FindAsync(person.Secret, Cancellation));

    public Task<bool> TouchAsync(SignedIn person) => SessionsAsync(null, s => s.TouchAsync(person.Session.Id, Cancellation));

    public async Task<bool> HasEndedAsync(SignedIn person)
        => (await SessionsAsync(null, s => s.EndedAsync([person.Session.Id], Cancellation))).Contains(person.Session.Id);

    /// <summary>The audit trail of signing in and of sessions, oldest first.</summary>
    public async Task<List<AuditEvent>> TrailAsync()
    {
        await using var system = SystemScope.Create(_services.GetRequiredService<IServiceScopeFactory>());
        await using var db = await system.ServiceProvider.GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(Cancellation);
        return await db.AuditEvents.AsNoTracking().Where(e => e.Event.StartsWith("sign-") || e.Event.StartsWith("session."))
            .OrderBy(e => e.Id).ToListAsync(Cancellation);
    }

    /// <summary>One value, asked as background work.</summary>
    public async Task<T?> AskAsync<T>(string sql, params object[] values)
    {
        await using var ask = _services.GetRequiredService<ClinicDataSources>().Worker.CreateCommand(sql);
        ask.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        return await ask.ExecuteScalarAsync(Cancellation) is T answer ? answer : default;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (!_isGuest)
        {
            await _database.DisposeAsync();
            _folder.Dispose();
        }
    }

    /// <summary>The portal's hasher, counting the expensive part. Fewer rounds, so that the tests are quick.</summary>
    internal sealed class CountingHasher : IPasswordHasher<StaffMember>
    {
        private int _made;

        public int Made => Volatile.Read(ref _made);

        public int Rounds { get; set; } = 2_000;

        private PasswordHasher<StaffMember> Inner
            => new(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));

        public string HashPassword(StaffMember user, string password)
        {
            Interlocked.Increment(ref _made);
            return Inner.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(StaffMember user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref _made);
            return Inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
