using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Finding;
using DrAssistant.Data.Search.Indexing;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Stores.Search;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Search;

internal sealed class SearchService(
    ICurrentUser user, PatientFinder patients, QuestionReader reader, ISearchIndex index, SearchBuilds builds, HitReader hits, ClinicClock clock,
    IDbContextFactory<ClinicDb> clinic) : ISearch
{
    private const int LongestQuestion = 200;
    private const int ShortestWords = 2;
    private const int ManyPatients = 20;
    private const int FewPatients = 6;
    private const int Many = 40;
    private const int Few = 5;
    private const int MostDoctors = 200;

    private static readonly (SearchGroup Group, SearchKind Kind, string Permission)[] Clinical =
    [
        (SearchGroup.Notes, SearchKind.Note, Permissions.ReadNotes),
        (SearchGroup.Prescriptions, SearchKind.Prescription, Permissions.ReadPrescriptions),
        (SearchGroup.Orders, SearchKind.Order, Permissions.ReadOrders),
        (SearchGroup.Results, SearchKind.Result, Permissions.ReadOrders),
        (SearchGroup.Documents, SearchKind.Document, Permissions.ReadDocuments),
    ];

    public async Task<Result<SearchAnswer>> FindAsync(SearchQuestion question, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadPatients))
        {
            return Refusal.Forbidden;
        }

        var text = PlainText.Of(question.Text, LongestQuestion);
        var found = await PatientsAsync(question, text, cancellation);
        var clinical = await ClinicalAsync(question, text, cancellation);
        return new SearchAnswer(
            found, clinical.Hits,
            clinical.Totals.Append(KeyValuePair.Create(SearchGroup.Patients, (long)found.Count)).Where(total => total.Value > 0).ToDictionary(),
            clinical.IsWhole);
    }

    public async Task<Result<IReadOnlyList<SearchDoctor>>> DoctorsAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadNotes))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.Users.AsNoTracking().Where(u => u.Role == StaffRole.Doctor && u.Status == StaffStatus.Active)
            .OrderBy(u => u.FullName).ThenBy(u => u.Id).Take(MostDoctors).Select(u => new SearchDoctor(u.Id, u.FullName)).ToListAsync(cancellation);
    }

    public static SearchGroup GroupOf(SearchKind kind) => Clinical.Single(c => c.Kind == kind).Group;

    /// <summary>Who is found by a name is in no doctor's or date's list, so such a filter leaves patients out.</summary>
    private async Task<IReadOnlyList<PatientHit>> PatientsAsync(SearchQuestion question, string text, CancellationToken cancellation)
    {
        var filtered = question.PatientId is not null || question.DoctorId is not null || question.From is not null || question.To is not null;
        if (filtered || question.Only is not (null or SearchGroup.Patients) || IsClinicalAlone(text))
        {
            return [];
        }

        var found = await patients.FindAsync(text, alsoInactive: false, cancellation);
        return [.. found.Take(question.Only is null ? FewPatients : ManyPatients)];
    }

    /// <summary>Quotation marks, a minus or an OR ask for words and for nobody's name.</summary>
    private static bool IsClinicalAlone(string text) => text.Contains('"', StringComparison.Ordinal) || text.Contains(" -", StringComparison.Ordinal) || text.Contains(" OR ", StringComparison.Ordinal);

    private async Task<ClinicalHits> ClinicalAsync(SearchQuestion question, string text, CancellationToken cancellation)
    {
        var kinds = Clinical.Where(c => user.Can(c.Permission) && (question.Only is null || question.Only == c.Group)).Select(c => c.Kind).ToList();
        if (kinds.Count == 0 || text.Length < ShortestWords || question.Only is SearchGroup.Patients)
        {
            return ClinicalHits.Nothing;
        }

        try
        {
            if (await builds.LiveAsync(cancellation) is null)
            {
                return ClinicalHits.Nothing with { IsWhole = false };
            }

            var read = await reader.ReadAsync(text, cancellation);
            var answer = read.Terms.IsEmpty ? IndexAnswer.Nothing : await index.FindAsync(Asked(question, read, kinds), cancellation);
            return new ClinicalHits(
                await hits.ReadAsync(answer.Hits, text, new SearchMarks(read.Marks), cancellation),
                answer.Totals.Select(total => KeyValuePair.Create(GroupOf(total.Key), total.Value)), IsWhole: true);
        }
        catch (SearchIndexException)
        {
            return ClinicalHits.Nothing with { IsWhole = false };
        }
    }

    private IndexQuestion Asked(SearchQuestion question, ReadQuestion read, IReadOnlyCollection<SearchKind> kinds) => new(read.Terms, kinds, question.Only is null ? Few : Many)
    {
        PatientId = question.PatientId,
        DoctorId = question.DoctorId,
        Since = question.From is { } from ? clock.DayBounds(from).From : null,
        Until = question.To is { } to ? clock.DayBounds(to).To : null,
    };

    private sealed record ClinicalHits(IReadOnlyList<SearchHit> Hits, IEnumerable<KeyValuePair<SearchGroup, long>> Totals, bool IsWhole)
    {
        public static ClinicalHits Nothing { get; } = new([], [], IsWhole: true);
    }
}
