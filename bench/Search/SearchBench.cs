using System.Diagnostics;
using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Finding;
using DrAssistant.Data.Search;
using DrAssistant.Data.Search.Indexing;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Stores.Search;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DrAssistant.Bench.Search;

/// <summary>
/// Searching everywhere at 1,000,000 patients and 500,000 notes, on PostgreSQL: what is typed letter by letter, misspelt names, phrases and signs, end to end through the doors,
/// against the bare statement of the same question; what is found of what there is; how it grows from a hundredth of that; how long a saved note takes to be found.
/// </summary>
internal static class SearchBench
{
    public const string QuestionsKey = "DRASSISTANT_QUERIES";
    public const string PatientsKey = "DRASSISTANT_SEARCH_PATIENTS";

    private const int ManyPatients = 1_000_000;
    private const int FewPatients = 10_000;
    private const int InCare = 2_000;
    private const int Misspelt = 1_000;
    private const int Asked = 100;
    private const int Rounds = 3;
    private static readonly Guid Doctor = Guid.Parse("01900000-0000-7000-8000-000000000001");
    private static readonly Guid Desk = Guid.Parse("01900000-0000-7000-8000-000000000002");

    private static readonly string[] Indexes = ["idx_known_names_terms", "idx_search_documents_terms", "idx_search_documents_patient", "idx_clinical_notes_patient", "idx_clinical_notes_drafts"];
    private static readonly string[] Phrases = ["\"chest pain\"", "\"shortness of breath\"", "\"burning micturition\"", "\"worse at night\"", "\"type 2 diabetes mellitus\"", "\"iron deficiency anaemia\""];
    private static readonly string[] Signs = ["fever -malaria", "fever OR cough", "dengue fever -headache", "metformin OR glimepiride", "\"chest pain\" OR palpitations", "asthma salbutamol -wheezing"];
    private static readonly string[] OneWord = ["palpit", "diabetes", "palpitashons", "HTN", "montelukast", "giddiness"];

    public static async Task RunAsync()
    {
        var most = int.Parse(Environment.GetEnvironmentVariable(PatientsKey) ?? ManyPatients.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        if (Environment.GetEnvironmentVariable(QuestionsKey) is { Length: > 0 } file)
        {
            await ListAsync(file, most);
            return;
        }

        Dictionary<string, double[]>? few = null;
        foreach (var patients in new[] { FewPatients, most })
        {
            await using var clinic = await BenchClinic.StartAsync();
            var people = await SeedAsync(clinic, patients, notes: patients / 2);
            Console.WriteLine($"-- {patients} patients, {patients / 2} notes, {InCare} patients in care");
            var taken = await NamesAsync(clinic, people);
            few ??= taken;
            foreach (var (way, times) in taken.Where(_ => patients != FewPatients))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"growth of '{way}': exponent {Exponent(few[way], times, 0.5, patients):F3} at p50, {Exponent(few[way], times, 0.95, patients):F3} at p95"));
            }

            await WordsAsync(clinic);
            if (patients == most)
            {
                await using var desk = clinic.As(Desk, StaffRole.Receptionist);
                await Recall.PrintAsync(desk, new EveryName(people), Questions(people, Misspelt));
                await SizesAsync(clinic);
                await SavedAsync(clinic);
            }
        }
    }

    /// <summary>Any list of questions: the names that it expects are registered as well, each once.</summary>
    private static async Task ListAsync(string file, int patients)
    {
        var questions = await Recall.ReadAsync(file);
        await using var clinic = await BenchClinic.StartAsync();
        var people = await SeedAsync(clinic, patients, notes: 0, [.. questions.Select(q => q.Expected).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)]);
        await using var desk = clinic.As(Desk, StaffRole.Receptionist);
        await Recall.PrintAsync(desk, new EveryName(people), questions);
    }

    private static async Task<Dictionary<string, double[]>> NamesAsync(BenchClinic clinic, (string First, string Last)[] people)
    {
        var wrong = Questions(people, Asked).Select(q => q.Question).ToList();
        var dice = new Random(20261130);
        var typed = Enumerable.Range(0, Asked).Select(_ => people[dice.Next(people.Length)]).Select(p => $"{p.First} {p.Last}".ToLowerInvariant())
            .Select(name => name[..Math.Min(name.Length, 2 + dice.Next(name.Length))]).ToList();
        await using var bare = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(clinic.Superuser) { MaxAutoPrepare = 100 });
        await using var desk = clinic.As(Desk, StaffRole.Receptionist);
        await using var doctor = clinic.As(Doctor, StaffRole.Doctor);
        var ways = new[]
        {
            new Asking("floor: the bare statement, prefix", typed, question => FloorAsync(clinic, bare, question)),
            new Asking("floor: the bare statement, misspelt", wrong, question => FloorAsync(clinic, bare, question)),
            new Asking("names by the desk, prefix", typed, question => NamesAsync(desk, question)),
            new Asking("names by the desk, misspelt", wrong, question => NamesAsync(desk, question)),
            new Asking("names by a doctor, prefix", typed, question => NamesAsync(doctor, question)),
            new Asking("names by a doctor, misspelt", wrong, question => NamesAsync(doctor, question)),
        };
        return await Asking.MeasureAsync(ways, Rounds);
    }

    private static async Task WordsAsync(BenchClinic clinic)
    {
        await using var doctor = clinic.As(Doctor, StaffRole.Doctor);
        var ways = new[]
        {
            new Asking("floor: the index alone, phrase", Phrases, question => IndexAsync(doctor, question)),
            new Asking("floor: the index alone, signs", Signs, question => IndexAsync(doctor, question)),
            new Asking("everywhere by a doctor, one word", OneWord, question => EverywhereAsync(doctor, question)),
            new Asking("everywhere by a doctor, phrase", Phrases, question => EverywhereAsync(doctor, question)),
            new Asking("everywhere by a doctor, signs", Signs, question => EverywhereAsync(doctor, question)),
        };
        await Asking.MeasureAsync(ways, Rounds * 3);
    }

    /// <summary>From the click on save, by the door, to the hit, by the door.</summary>
    private static async Task SavedAsync(BenchClinic clinic)
    {
        await clinic.ExecuteAsync($"INSERT INTO encounters (id, doctor_id, patient_id, encounter_type, start_time, status) VALUES ('{Doctor}', '{Doctor}', '{MadePeople.IdOf(0)}', 'office_visit', now(), 'in_progress')");
        var indexing = clinic.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<SavedNotesIndexing>().Single();
        await indexing.StartAsync(default);
        await using var doctor = clinic.As(Doctor, StaffRole.Doctor);
        var notes = doctor.ServiceProvider.GetRequiredService<Data.Notes.IClinicalNotes>();
        var page = (await notes.BeginAsync(new Data.Notes.NoteStart(Doctor, MadePeople.IdOf(0)), default)).Value ?? throw new InvalidOperationException("No note was begun.");
        var taken = new List<double>();
        foreach (var word in Enumerable.Range(0, 50).Select(n => $"kwe{(char)('a' + (n / 26))}{(char)('a' + (n % 26))}zzu"))
        {
            var content = page.Content with { Subjective = (page.Content.Subjective ?? new()) with { HistoryOfPresentIllness = $"says {word} since morning" } };
            var started = Stopwatch.GetTimestamp();
            page = ((await notes.SaveAsync(
                new Data.Notes.NoteDraft { NoteId = page.Id, PatientId = page.PatientId, BasedOn = page.Version, Base = page.Content, Content = content }, default)).Value
                ?? throw new InvalidOperationException("The note was not saved.")).Note;
            while ((await EverywhereAsync(doctor, word)).Hits.Count == 0)
            {
                await Task.Delay(10);
            }

            taken.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        await indexing.StopAsync(default);
        Asking.Print("from save to hit", [.. taken], null);
    }

    private static IReadOnlyList<(string Question, string Expected)> Questions((string First, string Last)[] people, int count)
    {
        var (dice, wrong) = (new Random(20261201), new Misspelling(20261202));
        return [.. Enumerable.Range(0, count).Select(_ => people[dice.Next(people.Length)]).Select(p => (wrong.Of(p.First, p.Last), new PersonName(p.First, p.Last).Spoken))];
    }

    private static async Task NamesAsync(AsyncServiceScope scope, string question)
    {
        if (!(await scope.ServiceProvider.GetRequiredService<IPatients>().FindAsync(question, default)).Succeeded)
        {
            throw new InvalidOperationException("The measurement did not do its work.");
        }
    }

    private static async Task<SearchAnswer> EverywhereAsync(AsyncServiceScope scope, string question)
        => (await scope.ServiceProvider.GetRequiredService<ISearch>().FindAsync(new SearchQuestion(question), default)).Value is { IsWhole: true } answer
            ? answer : throw new InvalidOperationException("The measurement did not do its work.");

    private static async Task IndexAsync(AsyncServiceScope scope, string question)
    {
        var read = await scope.ServiceProvider.GetRequiredService<QuestionReader>().ReadAsync(question, default);
        await scope.ServiceProvider.GetRequiredService<ISearchIndex>().FindAsync(new IndexQuestion(read.Terms, [SearchKind.Note], 5), default);
    }

    private static async Task FloorAsync(BenchClinic clinic, NpgsqlDataSource bare, string question)
    {
        var clock = clinic.Services.GetRequiredService<ClinicClock>();
        var (sql, parameters) = await clinic.Services.GetRequiredService<PatientSearchQuery>()
            .ForAsync(AskedFor.Of(question, clock.Today), new SearchManner(IsCarer: false, AlsoInactive: false, clock.Now), default);
        await using var command = bare.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
        }
    }

    private static async Task<(string First, string Last)[]> SeedAsync(BenchClinic clinic, int patients, int notes, IReadOnlyList<string>? also = null)
    {
        var started = Stopwatch.GetTimestamp();
        await clinic.ExecuteAsync($"""
            INSERT INTO users (id, username, email, full_name, role, password_hash, normalized_username, normalized_email)
            VALUES ('{Doctor}', 'doctor', 'doctor@x', 'Dr. Asha Rao', 'doctor', '-', 'DOCTOR', 'DOCTOR@X'), ('{Desk}', 'desk', 'desk@x', 'Desk', 'receptionist', '-', 'DESK', 'DESK@X');
            """);
        var definitions = await clinic.ListAsync($"SELECT indexdef FROM pg_indexes WHERE indexname IN ('{string.Join("','", Indexes)}')");
        await clinic.ExecuteAsync($"DROP INDEX {string.Join(", ", Indexes)}");
        var people = await new MadePeople(clinic, patients).RegisterAsync(also);
        var care = Enumerable.Range(0, InCare).Select(n => (int)((long)n * patients / InCare)).ToList();
        await clinic.ExecuteAsync($"""
            INSERT INTO care_team (id, patient_id, user_id, reason)
            SELECT gen_random_uuid(), ('00000000-0000-7000-8000-' || lpad(to_hex(p * {patients}::bigint / {InCare}), 12, '0'))::uuid, '{Doctor}', 'appointment' FROM generate_series(0, {InCare - 1}) p;
            """);
        if (notes > 0)
        {
            await new MadeNotes(clinic, Doctor, patients, care, notes).WriteAsync();
        }

        await clinic.ExecuteAsync($"SET maintenance_work_mem = '512MB'; {string.Join("; ", definitions)}");
        await clinic.ExecuteAsync($"VACUUM ANALYZE");
        if (notes > 0)
        {
            await CompareAsync(clinic, notes);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"loaded in {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s"));
        return people;
    }

    /// <summary>What was loaded is what the indexer would have written, or no figure means anything.</summary>
    private static async Task CompareAsync(BenchClinic clinic, int notes)
    {
        await using var scope = Data.Security.SystemScope.Create(clinic.Services.GetRequiredService<IServiceScopeFactory>());
        var some = Enumerable.Range(0, 200).Select(n => MadeNotes.IdOf((int)((long)n * notes / 200))).ToList();
        var documents = await scope.ServiceProvider.GetRequiredService<SearchIndexer>().ReadAsync(SearchKind.Note, some, default);
        var differing = await scope.ServiceProvider.GetRequiredService<ISearchIndex>().DifferingAsync(1, documents, default);
        if (documents.Count != some.Count || differing.Count > 0)
        {
            throw new InvalidOperationException($"The index that was loaded is not the indexer's: {differing.Count} of {documents.Count} differ.");
        }
    }

    private static async Task SizesAsync(BenchClinic clinic)
    {
        foreach (var size in await clinic.ListAsync($"""
            SELECT format('%s %s MB, its indexes %s MB', c.relname, pg_table_size(c.oid) / 1048576, pg_indexes_size(c.oid) / 1048576) FROM pg_class c
            WHERE c.relname IN ('patient_names', 'patient_name_terms', 'known_names', 'name_words', 'care_team', 'search_documents', 'search_words', 'clinical_notes') ORDER BY 1
            """))
        {
            Console.WriteLine(size);
        }
    }

    private static double Exponent(double[] few, double[] many, double share, int patients)
        => Math.Log(Asking.Percentile(many, share) / Asking.Percentile(few, share)) / Math.Log((double)patients / FewPatients);
}
