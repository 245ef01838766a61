using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DrAssistant.Portal.Tests.Patients;

/// <summary>More people bear two words than a list looks at: who is meant best is still found, and what is looked up is what the names are.</summary>
public sealed class FindingOneOfManyNamesakes(ClinicDatabase databases)
{
    private const int Many = 700;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task puts_the_exact_one_first_then_whoever_is_near()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        await clinic.Given.PatientAsync("Sunitha", "Devi"); // sounds like it, and is the oldest
        await ManyAsync(clinic, "Sunita", "Devi");
        var today = await clinic.Given.PatientAsync("Sunita", "Zutshi Das");
        var cared = await clinic.Given.PatientAsync("Sunita", "Zutshi Dev");
        var exact = await clinic.Given.PatientAsync("Sunita", "D");
        await clinic.Given.AppointmentAsync(asha, today, "12:00");
        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());
        var basu = await clinic.Given.DoctorAsync("Basu Roy");
        await clinic.Given.CareAsync(basu, cared);
        await using var doctor = clinic.As(basu);

        var atTheDesk = (await desk.Get<IPatients>().FindAsync("sunita d", Cancellation)).Value();
        var byTheDoctor = (await doctor.Get<IPatients>().FindAsync("d sunita", Cancellation)).Value();

        Assert.Equal([exact, today], atTheDesk.Take(2).Select(hit => hit.Id));
        Assert.Equal([exact, cared], byTheDoctor.Take(2).Select(hit => hit.Id));
        Assert.All(atTheDesk.Concat(byTheDoctor), hit => Assert.StartsWith("Sunita ", hit.Name.Spoken, StringComparison.Ordinal));
        Assert.Equal(PatientSearchQuery.MostHits, atTheDesk.Count);
    }

    [Theory]
    [InlineData("anita rao", "Anita Rao")] // as written, before a thousand of the same sound
    [InlineData("anitha rav", "Anitha Raval")]
    [InlineData("anitha rao", "Anita Rao")] // one of the two words as written
    [InlineData("zubeida r", "Zubeida Ruao")]
    public async Task finds_the_few_among_those_who_sound_like_them(string asked, string found)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await ManyAsync(clinic, "Aneetha", "Ravu");
        foreach (var (first, last) in new[] { ("Anita", "Rao"), ("Anitha", "Raval"), ("Zubeida", "Ruao") })
        {
            await clinic.Given.PatientAsync(first, last);
        }

        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());

        var hits = (await desk.Get<IPatients>().FindAsync(asked, Cancellation)).Value();

        Assert.Equal(found, hits[0].Name.Spoken);
    }

    [Fact]
    public async Task takes_two_consonants_at_the_end_for_initials_and_for_the_beginning_of_a_word()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        foreach (var (first, last) in new[] { ("Ravi", "Sharma"), ("S. H.", "Ravi"), ("Ravi", "Shetty Kumar"), ("Ravi", "Rao"), ("Shyam", "Hegde") })
        {
            await clinic.Given.PatientAsync(first, last);
        }

        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());
        async Task<IEnumerable<string>> FoundAsync(string asked) => (await desk.Get<IPatients>().FindAsync(asked, Cancellation)).Value().Select(hit => hit.Name.Spoken);

        Assert.Equal(["S. H. Ravi", "Ravi Sharma", "Ravi Shetty Kumar"], await FoundAsync("ravi sh"));
        Assert.Equal(["Ravi Sharma", "Ravi Shetty Kumar", "S. H. Ravi", "Shyam Hegde"], (await FoundAsync("sh")).Order(StringComparer.Ordinal));
        Assert.Equal(["S. H. Ravi"], await FoundAsync("sh ravi"));
    }

    [Fact]
    public async Task looks_up_what_the_names_are_now()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var sunita = await clinic.Given.PatientAsync("Sunita", "Sundar");
        var lakshmi = await clinic.Given.PatientAsync("लक्ष्मी", "𑀓 Rao");
        await clinic.Given.CareAsync(await clinic.Given.DoctorAsync(), sunita);

        Assert.Equal(Sorted(PatientNameIndex.TermsOf("लक्ष्मी 𑀓 Rao")), await TermsAsync(clinic, lakshmi));
        Assert.Equal(1, await BearersAsync(clinic, "sunita & sundar & ''^su''"));
        Assert.Equal(1, await InCareAsync(clinic, "sunita & sundar"));

        // Another name is added to the one before, as a merge does.
        await clinic.Given.SaveAsync(PatientNameIndex.Of(sunita, "Anita", "Bose"));
        Assert.Equal(Sorted(PatientNameIndex.TermsOf("Sunita Sundar").Union(PatientNameIndex.TermsOf("Anita Bose"))), await TermsAsync(clinic, sunita));
        Assert.Equal(1, await InCareAsync(clinic, "sunita & bose"));

        await clinic.RunAsync("DELETE FROM patient_name_index WHERE patient_id = $1", sunita);
        Assert.Equal(0, await BearersAsync(clinic, "sunita | bose"));
        Assert.Equal(0, await CountAsync(clinic, "SELECT count(name_terms) FROM care_team"));
        Assert.Equal(1, await CountAsync(clinic, "SELECT count(*) FROM patient_name_terms"));
    }

    [Fact]
    public async Task knows_what_the_patients_in_ones_care_are_called_now()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var sunita = await clinic.Given.PatientAsync("Sunita", "Sundar");
        await clinic.Given.CareAsync(await clinic.Given.DoctorAsync(), sunita);
        await clinic.Given.CareAsync(await clinic.Given.NurseAsync(), sunita);
        Assert.Equal(2, await InCareAsync(clinic, "sunita"));

        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());
        var record = (await desk.Get<IRegistration>().OpenAsync(sunita, Cancellation)).Value();
        record.Draft[PatientField.FullName] = "Anita Bose";
        (await desk.Get<IRegistration>().SaveAsync(sunita, record.Draft, record.Version, Cancellation)).Value();

        Assert.Equal(2, await InCareAsync(clinic, "anita & bose & !sunita"));
        Assert.Equal(0, await BearersAsync(clinic, "sunita"));
    }

    [Fact]
    public async Task keeps_a_name_once_however_many_bear_it()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var before = await CountAsync(clinic, "SELECT count(*) FROM known_names");

        await ManyAsync(clinic, "Zubin", "Mohammed");
        await ManyAsync(clinic, "Zubin", "Mohammed");

        Assert.Equal(2 * Many, await CountAsync(clinic, "SELECT count(*) FROM patient_name_terms"));
        Assert.Equal(1, await CountAsync(clinic, "SELECT count(*) FROM known_names") - before);
    }

    private static Task ManyAsync(ClinicUnderTest clinic, string first, string last) => ManyPatients.WriteAsync(clinic, Enumerable.Repeat((first, last), Many), Cancellation);

    private static string[] Sorted(IEnumerable<string> terms) => [.. terms.Order(StringComparer.Ordinal)];

    private static async Task<string[]> TermsAsync(ClinicUnderTest clinic, Guid patient)
        => Sorted((await clinic.BehindAsync(db => db.PatientNameTerms.SingleAsync(t => t.PatientId == patient, Cancellation))).Terms.Split(' '));

    private static Task<long> BearersAsync(ClinicUnderTest clinic, string asked)
        => CountAsync(clinic, $"SELECT count(*) FROM patient_name_terms b JOIN known_names n ON n.id = b.name_id WHERE n.terms @@ '{asked}'");

    private static Task<long> InCareAsync(ClinicUnderTest clinic, string asked)
        => CountAsync(clinic, $"SELECT count(*) FROM care_team c WHERE name_terms @@ '{asked}' AND name_terms @@ quote_literal('@' || user_id)::tsquery");

    private static async Task<long> CountAsync(ClinicUnderTest clinic, string sql)
    {
        await using var connection = await clinic.Services.GetRequiredService<ClinicDataSources>().Worker.OpenConnectionAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
