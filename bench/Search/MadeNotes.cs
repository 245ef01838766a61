using System.Globalization;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Search;
using DrAssistant.Data.Search.Indexing;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Search;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Bench.Search;

/// <summary>
/// Invented notes of a hundred words with their visits: sealed as a note is, and in the index as <see cref="SearchIndexer"/> would have them, by its own code. Ten belong to each patient in
/// the doctor's care, the others to anybody.
/// </summary>
internal sealed class MadeNotes(BenchClinic clinic, Guid doctor, int patients, IReadOnlyList<int> inCare, int count)
{
    public const int OfOneInCare = 10;

    private const int VocabularyAtOnce = 5_000;
    private const int LongTail = 20_000;

    private static readonly string[] Symptoms = Words("fever|cough|chest pain|shortness of breath|headache|nausea|vomiting|abdominal pain|loose stools|palpitations|giddiness|fatigue|joint pain|back pain|burning micturition|swelling of feet|blurred vision|sore throat|runny nose|itching|rash|loss of appetite|weight loss|constipation|knee pain|numbness of hands|tingling|insomnia|anxiety|wheezing");
    private static readonly string[] Conditions = Words("hypertension|type 2 diabetes mellitus|hypothyroidism|bronchial asthma|iron deficiency anaemia|osteoarthritis|gastritis|migraine|dyslipidaemia|chronic kidney disease|coronary artery disease|urinary tract infection|viral fever|dengue|malaria|tuberculosis|allergic rhinitis|eczema|psoriasis|epilepsy|depression|vitamin D deficiency|polycystic ovary syndrome|fatty liver|gout");
    private static readonly string[] Medicines = Words("paracetamol|metformin|amlodipine|telmisartan|atorvastatin|levothyroxine|pantoprazole|azithromycin|amoxicillin|cetirizine|montelukast|salbutamol|losartan|glimepiride|insulin glargine|aspirin|clopidogrel|ferrous sulphate|calcium carbonate|diclofenac|ondansetron|domperidone|ofloxacin|doxycycline|prednisolone");

    private readonly Random _dice = new(20261130);
    private readonly PhiCipher _cipher = clinic.Services.GetRequiredService<PhiCipher>();
    private readonly SearchKeys _keys = clinic.Services.GetRequiredService<SearchKeys>();
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public static Guid IdOf(int n) => new($"10000000-0000-7000-8000-{n:x12}");

    private static Guid VisitOf(int n) => new($"20000000-0000-7000-8000-{n:x12}");

    private int PatientOf(int n) => n < inCare.Count * OfOneInCare ? inCare[n / OfOneInCare] : (int)((long)n * 7_919 % patients);

    public async Task WriteAsync()
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(clinic.Superuser) { CommandTimeout = 1_800 }.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, "SET session_replication_role = replica"); // the visits' trigger of the care team: those in care are named by the bench
        await using (var visits = await connection.BeginBinaryImportAsync("COPY encounters (id, doctor_id, patient_id, encounter_type, start_time, end_time, status) FROM STDIN (FORMAT binary)"))
        {
            for (var n = 0; n < count; n++)
            {
                await visits.WriteRowAsync(default, VisitOf(n), doctor, MadePeople.IdOf(PatientOf(n)), "office_visit", At(n), At(n).AddMinutes(15), "completed");
            }

            await visits.CompleteAsync();
        }

        var texts = new (int Number, ClinicalNote Note)[VocabularyAtOnce];
        await ExecuteAsync(connection, "INSERT INTO search_builds (generation, rules, state, finished_at) VALUES (1, 1, 'live', now())");
        for (var from = 0; from < count; from += VocabularyAtOnce)
        {
            var page = Math.Min(VocabularyAtOnce, count - from);
            for (var n = 0; n < page; n++)
            {
                texts[n] = (from + n, Note(from + n));
            }

            await CopyNotesAsync(connection, texts.AsMemory(0, page));
            await CopyTermsAsync(connection, texts.AsMemory(0, page));
        }
    }

    private async Task CopyNotesAsync(NpgsqlConnection connection, ReadOnlyMemory<(int Number, ClinicalNote Note)> notes)
    {
        var sealer = new NoteSealer(_cipher);
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY clinical_notes (id, patient_id, encounter_id, doctor_id, status, version, created_at, updated_at, body) FROM STDIN (FORMAT binary)");
        for (var at = 0; at < notes.Length; at++)
        {
            var document = sealer.Seal(DocumentCollection.ClinicalNotes, notes.Span[at].Note.Id, notes.Span[at].Note);
            await copy.StartRowAsync();
            await copy.WriteAsync(document.Id, NpgsqlDbType.Uuid);
            await copy.WriteAsync(document.PatientId, NpgsqlDbType.Uuid);
            await copy.WriteAsync(document.EncounterId!.Value, NpgsqlDbType.Uuid);
            await copy.WriteAsync(document.DoctorId!.Value, NpgsqlDbType.Uuid);
            await copy.WriteAsync(document.Status, NpgsqlDbType.Varchar);
            await copy.WriteAsync(document.Version, NpgsqlDbType.Integer);
            await copy.WriteAsync(document.CreatedAt, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(document.UpdatedAt, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(document.Body, NpgsqlDbType.Jsonb);
        }

        await copy.CompleteAsync();
    }

    /// <summary>Words are learned and hashed, and their places counted, by what the indexer uses; the rows go by COPY.</summary>
    private async Task CopyTermsAsync(NpgsqlConnection connection, ReadOnlyMemory<(int Number, ClinicalNote Note)> notes)
    {
        var texts = new List<string>[notes.Length];
        for (var at = 0; at < notes.Length; at++)
        {
            texts[at] = [.. NoteSource.TextsOf(notes.Span[at].Note).Select(field => field.Text)];
        }

        await using var scope = SystemScope.Create(clinic.Services.GetRequiredService<IServiceScopeFactory>());
        var words = texts.SelectMany(of => of).SelectMany(text => SearchText.WordsOf(text).Select(word => word.Word)).ToHashSet(StringComparer.Ordinal);
        var stems = await scope.ServiceProvider.GetRequiredService<SearchVocabulary>().LearnAsync(words, default);
        await using var copy = await connection.BeginTextImportAsync("COPY search_documents (generation, kind, id, patient_id, visit_id, doctor_id, at, version, terms) FROM STDIN");
        for (var at = 0; at < notes.Length; at++)
        {
            var note = notes.Span[at].Note;
            var vector = PostgresQuery.Vector([.. SearchIndexer.TermsOf(texts[at], stems, _keys)]);
            await copy.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"1\tnote\t{note.Id}\t{note.PatientId}\t{note.EncounterId}\t{note.DoctorId}\t{note.CreatedAt:O}\t0\t{vector}"));
        }
    }

    private ClinicalNote Note(int n) => new()
    {
        Id = IdOf(n),
        EncounterId = VisitOf(n),
        PatientId = MadePeople.IdOf(PatientOf(n)),
        DoctorId = doctor,
        CreatedAt = At(n),
        UpdatedAt = At(n),
        Content = new SoapContent
        {
            Subjective = new Subjective { ChiefComplaint = Pick(Symptoms), HistoryOfPresentIllness = History() },
            Objective = new Objective { PhysicalExam = new Dictionary<string, string>(StringComparer.Ordinal) { ["general"] = $"alert, no {Pick(Symptoms)}" } },
            Assessment = new Assessment { ClinicalImpression = $"{Pick(Conditions)}, {Pick(Conditions)} to be ruled out" },
            Plan = new Plan { Medications = [$"{Pick(Medicines)} 500 mg twice daily", $"{Pick(Medicines)} at night"], FollowUp = $"after {_dice.Next(1, 9)} weeks" },
        },
    };

    private string History() => string.Join(' ', Enumerable.Range(0, 6).Select(_ => _dice.Next(6) switch
    {
        0 => $"{Pick(Symptoms)} since {_dice.Next(2, 20)} days with {Pick(Symptoms)}.",
        1 => $"No {Pick(Symptoms)}, no {Pick(Symptoms)}, denies {Pick(Symptoms)}.",
        2 => $"Known case of {Pick(Conditions)} on {Pick(Medicines)} {_dice.Next(1, 100) * 5} mg once daily for {_dice.Next(1, 12)} years.",
        3 => $"Was given {Pick(Medicines)} by a doctor in {Rare()} and felt better after {_dice.Next(1, 9)} days.",
        4 => $"{Pick(Conditions)} in the family; works at {Rare()} {Rare()}, lives with husband and two children.",
        _ => $"The {Pick(Symptoms)} is worse at night and after food, relieved by rest; came again because of {Pick(Symptoms)}.",
    }));

    /// <summary>Places and names that hardly anybody writes: most words of a real vocabulary are such.</summary>
    private string Rare()
    {
        const string syllables = "kapurnagarvelimalapattipuramgudahallikotabadgaonchetanveraroshasuntoramilevaduki";
        var n = (int)Math.Exp(_dice.NextDouble() * Math.Log(LongTail));
        return string.Concat(Enumerable.Range(0, 3).Select(at => syllables.Substring((int)((uint)(n * 31 + at * 17 * n + at) % (syllables.Length - 3)), 3)));
    }

    private DateTimeOffset At(int n) => _now.AddMinutes(-(n % 2_000_000) - 60);

    /// <summary>The n-th commonest about an n-th as common as the first.</summary>
    private string Pick(string[] from) => from[(int)Math.Min(from.Length - 1, Math.Exp(_dice.NextDouble() * Math.Log(from.Length + 1)) - 1)];

    private static string[] Words(string text) => text.Split('|');

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
