using System.Diagnostics;
using DrAssistant.Portal.Tests.Stores.Postgres;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>The databases that every other test of the stores stands on.</summary>
public sealed class ClinicDatabaseTests(ClinicDatabase databases, ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_is_migrated_its_own_and_open_to_the_three_roles()
    {
        await using var first = await databases.NewAsync(Cancellation);
        var watch = Stopwatch.StartNew();
        await using var second = await databases.NewAsync(Cancellation);
        output.WriteLine($"a copy takes {watch.ElapsedMilliseconds} ms");

        Assert.NotEqual(first.Connections.App, second.Connections.App);
        foreach (var login in new[] { second.Connections.Owner, second.Connections.App, second.Connections.Worker })
        {
            Assert.True(await PrivatePortal.AskAsync<bool>(login, "SELECT to_regclass('patients') IS NOT NULL", Cancellation));
        }
    }

    [Fact]
    public async Task An_empty_one_has_no_table()
    {
        await using var empty = await databases.NewEmptyAsync(Cancellation);
        Assert.Equal(0, await PrivatePortal.AskAsync<long>(empty.Connections.Owner, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", Cancellation));
    }
}
