using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DrAssistant.Portal.Tests.Stores.Postgres;

public sealed class EmbeddedPostgresTests(ITestOutputHelper output) : IAsyncDisposable
{
    // Where no crash is tried, nothing needs to reach the disk.
    private static readonly EmbeddedPostgresOptions Careless = new(Durable: false);

    private readonly PrivatePortal _portal = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task The_first_start_makes_it_and_the_second_finds_everything_again()
    {
        var watch = Stopwatch.StartNew();
        await _portal.StartAsync(Cancellation);
        var first = watch.Elapsed;
        await _portal.AskAsync<object>("CREATE TABLE kept AS SELECT 42 AS answer", Cancellation);
        var (port, superuser) = (_portal.Port, _portal.Superuser);
        await _portal.StopAsync();
        Assert.Null(Postmaster.Running(_portal.Cluster));

        watch.Restart();
        await _portal.StartAsync(Cancellation);
        var second = watch.Elapsed;

        output.WriteLine($"first start {first.TotalSeconds:0.00} s, second {second.TotalSeconds:0.00} s");
        Assert.Equal(42, await _portal.AskAsync<int>("SELECT answer FROM kept", Cancellation));
        Assert.Equal((port, superuser), (_portal.Port, _portal.Superuser));
        Assert.InRange(first, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.InRange(second, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task It_listens_on_loopback_alone_and_wants_a_salted_password_from_everybody()
    {
        await _portal.StartAsync(Careless, Cancellation);

        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == _portal.Port);
        Assert.Equal([IPAddress.Loopback], listeners.Select(listener => listener.Address));
        Assert.Equal("", await _portal.AskAsync<string>("SHOW unix_socket_directories", Cancellation));
        Assert.Equal(["scram-sha-256"], await _portal.AskAsync<string[]>("SELECT array_agg(DISTINCT auth_method) FROM pg_hba_file_rules", Cancellation) ?? []);
        Assert.Equal("scram-sha-256", await _portal.AskAsync<string>("SHOW password_encryption", Cancellation));
        Assert.StartsWith("SCRAM-SHA-256$", await _portal.AskAsync<string>("SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'", Cancellation), StringComparison.Ordinal);

        var wrong = new NpgsqlConnectionStringBuilder(_portal.Superuser) { Database = "postgres", Password = "guess" }.ConnectionString;
        var refused = await Assert.ThrowsAsync<PostgresException>(() => PrivatePortal.AskAsync<int>(wrong, "SELECT 1", Cancellation));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task Its_data_is_guarded_and_its_log_is_silent_about_patients()
    {
        await _portal.StartAsync(Cancellation);
        foreach (var (setting, value) in new[]
        {
            ("data_checksums", "on"), ("fsync", "on"), ("full_page_writes", "on"), ("server_encoding", "UTF8"), ("TimeZone", "UTC"),
            ("log_min_messages", "log"), ("log_min_error_statement", "panic"), ("log_error_verbosity", "terse"), ("log_statement", "none"),
        })
        {
            Assert.Equal((setting, value), (setting, await _portal.AskAsync<string>($"SHOW {setting}", Cancellation)));
        }

        // By code point, whatever languages this system knows.
        Assert.Equal(["B", "a", "é"], await _portal.AskAsync<string[]>("SELECT array_agg(x ORDER BY x) FROM unnest(ARRAY['a', 'é', 'B']) x", Cancellation) ?? []);
        Assert.Equal("É", await _portal.AskAsync<string>("SELECT upper('é')", Cancellation));
    }

    [Fact]
    public async Task What_a_person_typed_does_not_reach_its_log()
    {
        await _portal.StartAsync(Careless, Cancellation);
        await Assert.ThrowsAsync<PostgresException>(() => _portal.AskAsync<int>("SELECT 'Asha Invented'::int", Cancellation));
        await _portal.StopAsync();

        var log = await File.ReadAllTextAsync(Path.Combine(_portal.Home, "postgres.log"), Cancellation);
        Assert.NotEmpty(log);
        Assert.DoesNotContain("Asha", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_is_in_no_file_that_the_making_of_the_cluster_left()
    {
        await _portal.StartAsync(Careless, Cancellation);
        var password = _portal.Take().Secret("postgres-superuser");

        Assert.Equal(["cluster", "postgres.log"], Directory.EnumerateFileSystemEntries(_portal.Home).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(password, await File.ReadAllTextAsync(Path.Combine(_portal.Home, "postgres.log"), Cancellation), StringComparison.Ordinal);
        Assert.DoesNotContain(password, await File.ReadAllTextAsync(Path.Combine(_portal.Cluster, "postmaster.opts"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_portal_was_killed_the_next_takes_over_the_running_server_and_stops_it_at_the_end()
    {
        await _portal.StartAsync(Careless, Cancellation);
        var pid = _portal.Pid;
        _portal.Lose();

        await _portal.StartAsync(Careless, Cancellation);

        Assert.Equal(pid, _portal.Pid);
        Assert.Equal(1, await _portal.AskAsync<int>("SELECT 1", Cancellation));
        await _portal.StopAsync();
        Assert.Null(Postmaster.Running(_portal.Cluster));
    }

    [Fact]
    public async Task After_the_server_was_killed_the_next_start_recovers_what_was_committed()
    {
        await _portal.StartAsync(Cancellation);
        await _portal.AskAsync<object>("CREATE TABLE kept AS SELECT 42 AS answer", Cancellation);
        Kill(_portal.Pid);
        _portal.Lose();

        await _portal.StartAsync(Cancellation);

        Assert.Equal(42, await _portal.AskAsync<int>("SELECT answer FROM kept", Cancellation));
    }

    [Fact]
    public async Task After_both_were_killed_while_a_statement_ran_the_next_start_waits_for_the_orphan_and_recovers()
    {
        await _portal.StartAsync(Cancellation);
        var busy = _portal.AskAsync<object>("SELECT pg_sleep(3)", Cancellation);
        while (await _portal.AskAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(3)%' AND pid <> pg_backend_pid()", Cancellation) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        }

        Kill(_portal.Pid);
        _portal.Lose();
        await _portal.StartAsync(Cancellation);

        Assert.Equal(1, await _portal.AskAsync<int>("SELECT 1", Cancellation));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => busy);
    }

    [Fact]
    public async Task A_process_number_that_now_belongs_to_something_else_does_not_stop_the_start()
    {
        await _portal.StartAsync(Careless, Cancellation);
        await _portal.StopAsync();
        using var stranger = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        await File.WriteAllTextAsync(Path.Combine(_portal.Cluster, "postmaster.pid"), $"{stranger.Id}\n{_portal.Cluster}\n1\n5432\n\n127.0.0.1\n", Cancellation);

        await _portal.StartAsync(Careless, Cancellation);

        Assert.False(stranger.HasExited);
        Assert.NotEqual(stranger.Id, _portal.Pid);
        stranger.Kill();
    }

    [Fact]
    public async Task A_first_start_that_was_broken_off_leaves_nothing_that_the_next_one_trips_over()
    {
        using (var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(400)))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _portal.StartAsync(impatient.Token));
        }

        Assert.False(Directory.Exists(_portal.Cluster));
        Directory.CreateDirectory(Path.Combine(_portal.Home, "cluster.unfinished-1", "base"));
        await File.WriteAllTextAsync(Path.Combine(_portal.Home, "cluster.unfinished-1.password"), "left by a kill -9", Cancellation);
        _portal.Lose();

        await _portal.StartAsync(Cancellation);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_portal.Home, "cluster.unfinished-*"));
    }

    [Fact]
    public async Task When_its_port_is_taken_it_moves_to_another()
    {
        await _portal.StartAsync(Careless, Cancellation);
        var port = _portal.Port;
        await _portal.StopAsync();
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();

        await _portal.StartAsync(Careless, Cancellation);

        Assert.NotEqual(port, _portal.Port);
    }

    [Fact]
    public async Task Two_portals_run_side_by_side()
    {
        await using var other = new PrivatePortal();
        await Task.WhenAll(_portal.StartAsync(Careless, Cancellation), other.StartAsync(Careless, Cancellation));

        Assert.NotEqual(_portal.Port, other.Port);
        Assert.NotEqual(_portal.Take().Secret("postgres-superuser"), other.Take().Secret("postgres-superuser"));
    }

    [Fact]
    public async Task Secrets_of_another_folder_are_recognised()
    {
        await _portal.StartAsync(Careless, Cancellation);
        await _portal.StopAsync();
        var secret = Path.Combine(_portal.Data, "secrets", "postgres-superuser");
        await File.WriteAllTextAsync(secret, new string('x', 43), Cancellation);

        var refusal = await Assert.ThrowsAsync<ClinicStartupException>(() => _portal.StartAsync(Careless, Cancellation));

        Assert.Contains("do not belong together", refusal.Message, StringComparison.Ordinal);
        Assert.Null(Postmaster.Running(_portal.Cluster));
    }

    [Fact]
    public async Task Root_keeps_the_cluster_elsewhere_when_the_servers_user_cannot_walk_to_the_data_folder()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root hands the server to another user.");
        using var closed = new TemporaryFolder();
        using var folder = DataFolder.Take(closed["data"]);
        await using (await EmbeddedPostgres.StartAsync(folder, Careless, NullLogger.Instance, Cancellation))
        {
            Assert.StartsWith("/var/lib/dr-assistant/", ClusterFolder.Of(folder).Home, StringComparison.Ordinal);
        }

        await using (await EmbeddedPostgres.StartAsync(folder, Careless, NullLogger.Instance, Cancellation))
        {
            Assert.False(Directory.Exists(closed["data/postgres"]));
        }

        Directory.Delete(ClusterFolder.Of(folder).Home, recursive: true);
    }

    private static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }
}
