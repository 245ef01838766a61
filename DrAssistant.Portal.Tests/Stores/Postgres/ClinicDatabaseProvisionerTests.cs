using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Stores.Postgres;

/// <summary>A bare server that knows nothing of the portal, as an operator would name it.</summary>
public sealed class BareServer : IAsyncLifetime
{
    private readonly PrivatePortal _server = new();

    internal string Admin(string database) => new NpgsqlConnectionStringBuilder(_server.Superuser) { Database = database }.ConnectionString;

    internal string As(string role, string password, string database)
        => new NpgsqlConnectionStringBuilder(Admin(database)) { Username = role, Password = password }.ConnectionString;

    internal Task RunAsync(string sql) => _server.AskAsync<object>(sql, CancellationToken.None);

    /// <summary>Roles belong to the whole server: each test begins without them.</summary>
    internal async Task ForgetRolesAsync()
    {
        foreach (var database in new[] { "outside", "other" })
        {
            await RunAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        }

        await RunAsync("DROP ROLE IF EXISTS clinic_owner, clinic_app, clinic_worker, operator");
    }

    public async ValueTask InitializeAsync() => await _server.StartAsync(new EmbeddedPostgresOptions(Durable: false), CancellationToken.None);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

public sealed class ClinicDatabaseProvisionerTests(BareServer server) : IClassFixture<BareServer>, IAsyncLifetime
{
    private const string Clinic = "ConnectionStrings:Clinic";
    private readonly TemporaryFolder _temporary = PrivatePortal.OpenToTheServer(new TemporaryFolder());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await server.ForgetRolesAsync();

    public ValueTask DisposeAsync()
    {
        _temporary.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Without_a_connection_string_there_is_a_private_cluster_and_the_command_tells_how_to_reach_it()
    {
        using var folder = DataFolder.Take(_temporary["data"]);
        await using (var clinic = await PrivatePortal.Provisioner(development: false).ProvisionAsync(folder, Cancellation))
        {
            Assert.True(clinic.IsPrivate);
            foreach (var which in new[] { "superuser", "owner", "app", "worker" })
            {
                var line = await PostgresConnectionStrings.ReadRunningAsync(_temporary["data"], which, Cancellation);
                Assert.Equal("clinic", await PrivatePortal.AskAsync<string>(line, "SELECT current_database()::text", Cancellation));
                Assert.EndsWith(which == "superuser" ? "postgres" : which, await PrivatePortal.AskAsync<string>(line, "SELECT current_user::text", Cancellation), StringComparison.Ordinal);
            }

            await RefusesAsync("Say which", () => PostgresConnectionStrings.ReadRunningAsync(_temporary["data"], "root", Cancellation));
        }

        await RefusesAsync("is not running", () => PostgresConnectionStrings.ReadRunningAsync(_temporary["data"], "app", Cancellation));
    }

    [Fact]
    public async Task An_administrators_string_makes_the_database_and_three_roles_that_cannot_pass_the_policies()
    {
        using var folder = DataFolder.Take(_temporary["data"]);
        await using var clinic = await PrivatePortal.Provisioner(development: false, (Clinic, server.Admin("outside"))).ProvisionAsync(folder, Cancellation);

        Assert.False(clinic.IsPrivate);
        Assert.Equal(
            ["clinic_app", "clinic_owner", "clinic_worker"],
            await PrivatePortal.AskAsync<string[]>(
                server.Admin("outside"),
                """
                SELECT array_agg(rolname::text ORDER BY rolname) FROM pg_roles
                WHERE rolname LIKE 'clinic%' AND rolcanlogin
                  AND NOT (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)
                  AND NOT EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid)
                """,
                Cancellation) ?? []);
        Assert.Equal("clinic_owner", await PrivatePortal.AskAsync<string>(clinic.Connections.App, "SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = current_database()", Cancellation));
        Assert.True(await PrivatePortal.AskAsync<bool>(clinic.Connections.Worker, "SELECT count(*) >= 2 FROM pg_extension WHERE extname IN ('btree_gist', 'pg_trgm')", Cancellation));
    }

    [Theory]
    [InlineData("CREATE TABLE mine (id int)")]
    [InlineData("CREATE TEMPORARY TABLE mine (id int)")]
    [InlineData("CREATE SCHEMA mine")]
    [InlineData("CREATE ROLE mine")]
    [InlineData("SET ROLE clinic_owner")]
    [InlineData("ALTER DATABASE outside SET row_security = off")]
    public async Task The_app_and_the_worker_may_not_change_the_schema(string statement)
    {
        using var folder = DataFolder.Take(_temporary["data"]);
        await using var clinic = await PrivatePortal.Provisioner(development: true, (Clinic, server.Admin("outside"))).ProvisionAsync(folder, Cancellation);

        foreach (var login in new[] { clinic.Connections.App, clinic.Connections.Worker })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => PrivatePortal.AskAsync<object>(login, statement, Cancellation));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    [Fact]
    public async Task Nobody_else_may_connect_to_the_clinics_database()
    {
        using var folder = DataFolder.Take(_temporary["data"]);
        await using var clinic = await PrivatePortal.Provisioner(development: true, (Clinic, server.Admin("outside"))).ProvisionAsync(folder, Cancellation);
        await server.RunAsync("CREATE ROLE operator LOGIN PASSWORD 'invented-password'");

        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => PrivatePortal.AskAsync<int>(server.As("operator", "invented-password", "outside"), "SELECT 1", Cancellation));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task A_second_start_and_two_at_once_change_nothing()
    {
        using var folder = DataFolder.Take(_temporary["data"]);
        var passwords = ClinicPasswords.Of(folder);
        var both = await Task.WhenAll(
            ClinicRoles.EnsureAsync(server.Admin("outside"), passwords, Cancellation),
            ClinicRoles.EnsureAsync(server.Admin("outside"), passwords, Cancellation));
        var before = await VerifiersAsync();

        var again = await ClinicRoles.EnsureAsync(server.Admin("outside"), passwords, Cancellation);

        Assert.Equal(both[0], both[1]);
        Assert.Equal(both[0], again);
        Assert.Equal(before, await VerifiersAsync());
    }

    [Fact]
    public async Task A_role_that_another_portal_works_with_keeps_its_password()
    {
        using var folder = DataFolder.Take(_temporary["data"]);
        using var newcomer = DataFolder.Take(_temporary["newcomer"]);
        var clinic = await ClinicRoles.EnsureAsync(server.Admin("outside"), ClinicPasswords.Of(folder), Cancellation);
        await using (var working = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(clinic.Owner) { Pooling = false }.ConnectionString))
        {
            await working.OpenAsync(Cancellation);
            await RefusesAsync("Another portal is at work", () => ClinicRoles.EnsureAsync(server.Admin("outside"), ClinicPasswords.Of(newcomer), Cancellation));
        }

        // Once that portal is gone, the newcomer may have the roles: its folder was lost, perhaps.
        await GoneAsync("clinic_owner");
        var taken = await ClinicRoles.EnsureAsync(server.Admin("outside"), ClinicPasswords.Of(newcomer), Cancellation);
        Assert.Equal(1, await PrivatePortal.AskAsync<int>(taken.Owner, "SELECT 1", Cancellation));
    }

    [Fact]
    public async Task A_role_that_could_pass_the_policies_is_refused()
    {
        using var folder = DataFolder.Take(_temporary["data"]);
        await server.RunAsync("CREATE ROLE clinic_app LOGIN BYPASSRLS");
        await RefusesAsync("The role clinic_app has rights", () => ClinicRoles.EnsureAsync(server.Admin("outside"), ClinicPasswords.Of(folder), Cancellation));
    }

    [Fact]
    public async Task An_administrator_who_is_no_superuser_is_enough()
    {
        await server.RunAsync("CREATE ROLE operator LOGIN CREATEROLE CREATEDB PASSWORD 'invented-password'");
        using var folder = DataFolder.Take(_temporary["data"]);

        await using var clinic = await PrivatePortal.Provisioner(development: false, (Clinic, server.As("operator", "invented-password", "outside")))
            .ProvisionAsync(folder, Cancellation);

        await PrivatePortal.AskAsync<object>(clinic.Connections.Owner, "CREATE TABLE made (id int)", Cancellation);
        await server.RunAsync("REVOKE clinic_owner FROM operator");
        await server.RunAsync("DROP DATABASE outside");
    }

    [Fact]
    public async Task Three_plain_logins_are_used_as_they_are_and_a_missing_one_is_named()
    {
        using var folder = DataFolder.Take(_temporary["data"]);
        var made = await ClinicRoles.EnsureAsync(server.Admin("outside"), ClinicPasswords.Of(folder), Cancellation);

        await RefusesAsync("ConnectionStrings:ClinicOwner is missing", () => PrivatePortal.Provisioner(false, (Clinic, made.App)).ProvisionAsync(folder, Cancellation));
        await RefusesAsync("ConnectionStrings:ClinicWorker is missing", () => PrivatePortal.Provisioner(false, (Clinic, made.App), ("ConnectionStrings:ClinicOwner", made.Owner)).ProvisionAsync(folder, Cancellation));
        await RefusesAsync("three different logins", () => ThreeAsync(made.Owner, made.Owner, made.Worker));
        await RefusesAsync("would see every patient", () => ThreeAsync(server.Admin("outside"), made.Owner, made.Worker));

        await using var clinic = await ThreeAsync(made.App, made.Owner, made.Worker);
        Assert.Equal(made with { Superuser = null }, clinic.Connections);

        Task<ProvisionedClinic> ThreeAsync(string app, string owner, string worker)
            => PrivatePortal.Provisioner(false, (Clinic, app), ("ConnectionStrings:ClinicOwner", owner), ("ConnectionStrings:ClinicWorker", worker))
                .ProvisionAsync(folder, Cancellation);
    }

    [Fact]
    public async Task A_server_that_refuses_or_does_not_answer_is_said_in_a_sentence_without_the_password()
    {
        using var folder = DataFolder.Take(_temporary["data"]);
        await RefusesAsync(
            "PostgreSQL refused the login of ConnectionStrings:Clinic: password authentication failed",
            () => PrivatePortal.Provisioner(false, (Clinic, server.As("postgres", "Secret123", "outside"))).ProvisionAsync(folder, Cancellation));
        await RefusesAsync(
            "cannot be reached",
            () => PrivatePortal.Provisioner(false, (Clinic, "Host=127.0.0.1;Port=1;Database=clinic;Username=u;Password=Secret123")).ProvisionAsync(folder, Cancellation));
    }

    private async Task<string[]?> VerifiersAsync()
        => await PrivatePortal.AskAsync<string[]>(server.Admin("outside"), "SELECT array_agg(rolpassword ORDER BY rolname) FROM pg_authid WHERE rolname LIKE 'clinic%'", Cancellation);

    private async Task GoneAsync(string role)
    {
        while (await PrivatePortal.AskAsync<long>(server.Admin("postgres"), $"SELECT count(*) FROM pg_stat_activity WHERE usename = '{role}'", Cancellation) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        }
    }

    private static async Task RefusesAsync(string words, Func<Task> start)
    {
        var refusal = await Assert.ThrowsAsync<ClinicStartupException>(start);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret123", refusal.Message, StringComparison.Ordinal);
    }
}
