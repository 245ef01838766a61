using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Objects;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Stores.Objects;

public sealed class SweepingOrphans : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StoppedClock _clock = new(TimeProvider.System.GetUtcNow().AddDays(2));
    private readonly Named _one = new();
    private readonly Named _other = new();
    private readonly FileShelf _shelf;
    private readonly KeyRing _ring;

    public SweepingOrphans()
    {
        _shelf = new FileShelf(Options.Create(new ClinicOptions { DataFolder = _folder.Path }), _clock);
        _ring = KeyRing.Open(_folder["keyring.json"], _folder["master.json"], _clock);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "objects"));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task removes_what_is_old_and_named_by_no_feature_and_nothing_else()
    {
        var (orphan, named, namedElsewhere, fresh) = (await PutAsync(), await PutAsync(), await PutAsync(), await PutAsync());
        _one.Keys.Add(named);
        _other.Keys.Add(namedElsewhere);
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "objects", fresh[^2..], fresh), _clock.GetUtcNow().AddHours(-23).UtcDateTime);

        Assert.Equal(1, await SweepAsync());

        Assert.Equal(new[] { named, namedElsewhere, fresh }.Order(StringComparer.Ordinal), await LyingAsync());
        Assert.DoesNotContain(orphan, await LyingAsync());
    }

    [Fact]
    public async Task leaves_what_another_practices_keys_have_sealed_and_what_is_no_object()
    {
        using var elsewhere = new TemporaryFolder();
        var theirs = await PutAsync(KeyRing.Open(elsewhere["keyring.json"], elsewhere["master.json"], _clock));
        var file = Path.Combine(_folder.Path, "objects", "readme.txt");
        await File.WriteAllTextAsync(file, "put here by hand", Cancellation);
        File.SetLastWriteTimeUtc(file, _clock.GetUtcNow().AddDays(-9).UtcDateTime);

        Assert.Equal(0, await SweepAsync());

        Assert.Equal(new[] { theirs, "readme.txt" }.Order(StringComparer.Ordinal), await LyingAsync());
    }

    [Fact]
    public async Task removes_nothing_where_a_feature_does_not_answer()
    {
        await PutAsync();
        _other.IsAway = true;

        await Assert.ThrowsAsync<IOException>(SweepAsync);

        Assert.Single(await LyingAsync());
    }

    /// <summary>The portal was pointed at another database, or at one of last month.</summary>
    [Theory]
    [InlineData(OrphanSweep.AlwaysFew, 0, OrphanSweep.AlwaysFew)]
    [InlineData(OrphanSweep.AlwaysFew + 1, 0, 0)]
    [InlineData(OrphanSweep.AlwaysFew + 1, 3 * (OrphanSweep.AlwaysFew + 1), OrphanSweep.AlwaysFew + 1)]
    public async Task removes_nothing_where_too_much_of_the_shelf_would_go(int orphans, int named, int removed)
    {
        for (var i = 0; i < orphans + named; i++)
        {
            var key = await PutAsync();
            if (i >= orphans)
            {
                _one.Keys.Add(key);
            }
        }

        Assert.Equal(removed, await SweepAsync());

        Assert.Equal(orphans + named - removed, (await LyingAsync()).Count());
    }

    /// <summary>Whoever puts objects must say which it still has: without that they would be removed a day later.</summary>
    [Fact]
    public async Task Every_feature_that_puts_objects_says_which_it_has()
    {
        using var folder = new TemporaryFolder();
        await using var services = ClinicNowhere.Build<TestUser>(folder);
        await using var scope = services.CreateAsyncScope();

        var putting = typeof(IObjectStore).Assembly.GetTypes()
            .Where(type => type.GetConstructors().SelectMany(made => made.GetParameters()).Any(given => given.ParameterType == typeof(IObjectStore)))
            .Select(type => type.Namespace!.Split('.')[2]);

        Assert.Equal(
            putting.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            scope.ServiceProvider.GetServices<IObjectKeys>().Select(keys => keys.Feature).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> PutAsync(KeyRing? ring = null)
    {
        await using var content = new MemoryStream([1, 2, 3]);
        return (await new SealedObjectStore(_shelf, ring ?? _ring).PutAsync(content, "application/pdf", Cancellation)).Key;
    }

    private async Task<IEnumerable<string>> LyingAsync()
        => (await _shelf.ListAsync(Cancellation).ToListAsync(Cancellation)).Select(lying => lying.Key).Order(StringComparer.Ordinal);

    private async Task<int> SweepAsync()
    {
        await using var services = new ServiceCollection()
            .AddScoped<SystemScope.Marker>().AddSingleton<IObjectKeys>(_one).AddSingleton<IObjectKeys>(_other).BuildServiceProvider();
        using var sweep = new OrphanSweep(_shelf, _ring, services.GetRequiredService<IServiceScopeFactory>(), _clock, NullLogger<OrphanSweep>.Instance);
        return await sweep.SweepAsync(Cancellation);
    }

    private sealed class Named : IObjectKeys
    {
        public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

        public bool IsAway { get; set; }

        public string Feature => "Tests";

        public Task<IReadOnlyCollection<string>> NamedAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation)
            => IsAway ? throw new IOException("away") : Task.FromResult<IReadOnlyCollection<string>>([.. keys.Where(Keys.Contains)]);
    }
}
