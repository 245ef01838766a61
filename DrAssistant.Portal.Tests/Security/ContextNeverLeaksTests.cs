using DrAssistant.Data;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Portal.Tests.Security;

/// <summary>Four hundred doctors with one patient each, all at once, over two connections: each sees their own patient.</summary>
public sealed class ContextNeverLeaksTests(ContextNeverLeaksTests.ManyDoctors clinic) : IClassFixture<ContextNeverLeaksTests.ManyDoctors>
{
    private const int Doctors = 400;

    [Fact]
    public async Task Through_the_context()
    {
        await using var sources = clinic.Sources();

        var wrong = await WrongAnswersAsync(async person =>
        {
            var options = new DbContextOptionsBuilder<ClinicDb>()
                .UseNpgsql().AddInterceptors(new UserContextInterceptor(person, sources)).Options;
            await using var db = new ClinicDb(options);
            return await db.Patients.Select(p => p.Id).ToListAsync(TestContext.Current.CancellationToken);
        });

        Assert.Equal(0, wrong);
    }

    [Fact]
    public async Task Through_the_batch_of_a_hot_read()
    {
        await using var sources = clinic.Sources();

        Assert.Equal(0, await WrongAnswersAsync(person => ReadPatientsAsync(new SecuredBatch(sources, person))));
    }

    [Fact]
    public async Task Through_both_on_the_same_connections_and_nobody_in_between_sees_nobody()
    {
        await using var sources = clinic.Sources();
        var turn = 0;

        var wrong = await WrongAnswersAsync(async person =>
        {
            switch (Interlocked.Increment(ref turn) % 3)
            {
                case 0:
                    return await ReadPatientsAsync(new SecuredBatch(sources, person));
                case 1:
                    var options = new DbContextOptionsBuilder<ClinicDb>()
                        .UseNpgsql().AddInterceptors(new UserContextInterceptor(person, sources)).Options;
                    await using (var db = new ClinicDb(options))
                    {
                        return await db.Patients.Select(p => p.Id).ToListAsync(TestContext.Current.CancellationToken);
                    }

                default:
                    // A statement that forgot to say who asks gets nothing, whoever had the connection before.
                    return await BareAsync(sources.App) == 0 ? [person.Id!.Value] : [];
            }
        });

        Assert.Equal(0, wrong);
    }

    [Fact]
    public async Task The_synchronous_path_is_refused_instead_of_running_as_nobody()
    {
        await using var sources = clinic.Sources();
        await using var db = new ClinicDb(new DbContextOptionsBuilder<ClinicDb>()
            .UseNpgsql().AddInterceptors(new UserContextInterceptor(TestPerson.Doctor(clinic.Ids[0]), sources)).Options);

        Assert.Throws<NotSupportedException>(() => db.Patients.Count());
    }

    // The measurement itself must be able to see a leak: without the reset there is one.
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_connection_that_is_not_reset_would_show_the_last_persons_patient(bool noReset, long seen)
    {
        var text = new NpgsqlConnectionStringBuilder(clinic.App) { MaxPoolSize = 1, NoResetOnClose = noReset };
        await using var source = NpgsqlDataSource.Create(text);
        await using (var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await using var become = new NpgsqlCommand("SELECT set_config('app.user_id', $1, false)", connection)
            {
                Parameters = { new() { Value = clinic.Ids[0].ToString() } },
            };
            await become.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(seen, await BareAsync(source));
    }

    private static async Task<long> BareAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("SELECT count(*) FROM patients");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static Task<List<Guid>> ReadPatientsAsync(SecuredBatch batch) => batch.ReadAsync(
        [new NpgsqlBatchCommand("SELECT id FROM patients")],
        async (reader, token) =>
        {
            var ids = new List<Guid>();
            while (await reader.ReadAsync(token))
            {
                ids.Add(reader.GetGuid(0));
            }

            return ids;
        },
        CancellationToken.None);

    // A doctor and the one patient have the same id, so that a right answer needs no table of its own.
    private async Task<int> WrongAnswersAsync(Func<ICurrentUser, Task<List<Guid>>> ask)
    {
        var answers = await Task.WhenAll(clinic.Ids.Select(async id => (id, Seen: await ask(TestPerson.Doctor(id)))));
        return answers.Count(answer => answer.Seen is not [var only] || only != answer.id);
    }

    public sealed class ManyDoctors(ClinicDatabase databases) : IAsyncLifetime
    {
        private FreshClinic _clinic = null!;

        public IReadOnlyList<Guid> Ids { get; } = [.. Enumerable.Range(0, Doctors).Select(_ => Guid.CreateVersion7())];

        internal string App => _clinic.Connections.App;

        public async ValueTask InitializeAsync()
        {
            _clinic = await databases.NewAsync(TestContext.Current.CancellationToken);
            await using var worker = NpgsqlDataSource.Create(_clinic.Connections.Worker);
            await using var command = worker.CreateCommand("""
                INSERT INTO users (id, username, email, full_name, role, password_hash, normalized_username, normalized_email)
                    SELECT id, n, n, n, 'doctor', 'x', n, n FROM (SELECT id, id::text AS n FROM unnest($1) id) doctor;
                """);
            command.Parameters.Add(new NpgsqlParameter { Value = Ids.ToArray() });
            await command.ExecuteNonQueryAsync();
            command.CommandText = """
                INSERT INTO patients (id, first_name, last_name, date_of_birth, gender) SELECT id, 'A', 'B', '1980-01-01', 'other' FROM unnest($1) id
                """;
            await command.ExecuteNonQueryAsync();
            command.CommandText = "INSERT INTO care_team (id, patient_id, user_id, reason) SELECT gen_random_uuid(), id, id, 'import' FROM unnest($1) id";
            await command.ExecuteNonQueryAsync();
        }

        public ValueTask DisposeAsync() => _clinic.DisposeAsync();

        internal ClinicDataSources Sources() => new(
            new NpgsqlConnectionStringBuilder(_clinic.Connections.App) { MaxPoolSize = 2 }.ConnectionString, _clinic.Connections.Worker);
    }
}
