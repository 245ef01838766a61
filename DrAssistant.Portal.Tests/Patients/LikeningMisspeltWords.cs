using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Finding;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DrAssistant.Portal.Tests.Patients;

/// <summary>Misspelt words are likened to words that are held in memory; whoever has come since is found all the same.</summary>
public sealed class LikeningMisspeltWords(ClinicDatabase databases)
{
    private const string Asked = "qurrafulain"; // it does not sound like it
    private static readonly (string, string)[] Somebody = [("Qurratulain", "Hyder")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task says_what_the_database_says()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        string[] given = ["Lakshmi", "Laxmi", "Mohammed", "Muhammad", "Anaana", "Krishnamurthy", "Krishnan", "Ravi", "Ravindra", "Zubeida", "O’Brien"];
        await ManyPatients.WriteAsync(clinic, from first in given from last in new[] { "Subramanian", "Subramaniam", "Kumar", "Kumari", "Sharma", "Varma" } select (first, last), Cancellation);
        var held = (await clinic.Services.GetRequiredService<NameWords>().LoadAsync(Cancellation)).Words;
        await using var connection = await clinic.Services.GetRequiredService<ClinicDataSources>().App.OpenConnectionAsync(Cancellation);

        foreach (var word in (string[])["laksmi", "mohamad", "krisnamurti", "subramanyan", "kumr", "sharam", "anana", "zubaida", "raavi", "brian", "x"])
        {
            await using var ask = new NpgsqlCommand("SELECT word, similarity(word, $1) FROM name_words WHERE word % $1 AND NOT word ^@ 'kumar' ORDER BY 2 DESC, 1 LIMIT 7", connection);
            ask.Parameters.Add(new NpgsqlParameter { Value = word });
            await using var reader = await ask.ExecuteReaderAsync(Cancellation);
            var said = await reader.ListAsync(row => (row.GetString(0), row.GetFloat(1)), Cancellation);

            Assert.Equal(said, held.LikeTo(word, ["kumar"], 7).Select(like => (like.Known.Word, like.Likeness)));
        }
    }

    [Fact]
    public async Task finds_whoever_came_after_the_words_were_read()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());
        Assert.Empty(await FoundAsync(desk));

        await ManyPatients.WriteAsync(clinic, Somebody, Cancellation);

        Assert.Single(await FoundAsync(desk));
    }

    [Fact]
    public async Task finds_whoever_was_being_written_while_the_words_were_read()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());
        await using var connection = new NpgsqlConnection(clinic.Connections.Superuser);
        await connection.OpenAsync(Cancellation);
        await using var writing = await connection.BeginTransactionAsync(Cancellation);
        await WriteAsync(connection);
        await ManyPatients.WriteAsync(clinic, [("Ismat", "Chughtai")], Cancellation); // a later transaction, and done before
        await clinic.Services.GetRequiredService<NameWords>().LoadAsync(Cancellation);
        Assert.Empty(await FoundAsync(desk));

        await writing.CommitAsync(Cancellation);

        Assert.Single(await FoundAsync(desk));
    }

    [Fact]
    public async Task reads_the_words_again_only_where_there_are_others()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var words = clinic.Services.GetRequiredService<NameWords>();
        var first = await words.LatestAsync(Cancellation);
        await words.RefreshAsync(Cancellation);
        Assert.Same(first, await words.LatestAsync(Cancellation));

        await ManyPatients.WriteAsync(clinic, Somebody, Cancellation);
        await words.RefreshAsync(Cancellation);

        Assert.Equal("qurratulain", Assert.Single((await words.LatestAsync(Cancellation)).Words.LikeTo(Asked, [], 1)).Known.Word);
    }

    [Fact]
    public async Task takes_the_words_of_a_restored_database_for_old_ones()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());
        await ManyPatients.WriteAsync(clinic, Somebody, Cancellation);
        await using var owner = new NpgsqlConnection(clinic.Connections.Owner);
        await owner.OpenAsync(Cancellation);
        await using var restored = new NpgsqlCommand("UPDATE name_words SET added_by = '9999999999'", owner); // another server had counted so far
        await restored.ExecuteNonQueryAsync(Cancellation);
        var words = clinic.Services.GetRequiredService<NameWords>();

        var read = await words.LoadAsync(Cancellation);
        await words.RefreshAsync(Cancellation);

        Assert.Same(read, await words.LatestAsync(Cancellation));
        Assert.Single(await FoundAsync(desk));
    }

    private static async Task WriteAsync(NpgsqlConnection connection)
    {
        var id = Guid.CreateVersion7();
        await using var patient = new NpgsqlCommand("INSERT INTO patients (id, first_name, last_name, date_of_birth, gender) VALUES ($1, 'Qurratulain', 'Hyder', '1980-01-01', 'female')", connection);
        patient.Parameters.Add(new NpgsqlParameter { Value = id });
        await patient.ExecuteNonQueryAsync(Cancellation);
        await using var name = new NpgsqlCommand("INSERT INTO patient_name_index VALUES ($1, $2)", connection);
        name.Parameters.Add(new NpgsqlParameter { Value = id });
        name.Parameters.Add(new NpgsqlParameter { Value = PatientNameIndex.Of(id, "Qurratulain", "Hyder").Terms });
        await name.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task<IReadOnlyList<PatientHit>> FoundAsync(ActingPerson desk) => (await desk.Get<IPatients>().FindAsync(Asked, Cancellation)).Value();
}
