using DrAssistant.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Patients.Allergies;

/// <summary>A patient's allergies as they are shown.</summary>
internal sealed class AllergyLists
{
    /// <summary>Null where the patient is not there or not to be seen.</summary>
    public async Task<AllergyList?> OfAsync(ClinicDb db, Guid patientId, CancellationToken cancellation)
    {
        var state = await db.Patients.AsNoTracking().Where(p => p.Id == patientId)
            .Select(p => new { p.AllergiesStatus, p.AllergiesRecordedAt }).SingleOrDefaultAsync(cancellation);
        if (state is null)
        {
            return null;
        }

        var rows = await (
            from allergy in db.Allergies.AsNoTracking()
            where allergy.PatientId == patientId
            join person in db.Users on allergy.RecordedBy equals person.Id into recorders
            from recorder in recorders.DefaultIfEmpty()
            select new { Row = allergy, By = recorder == null ? null : recorder.FullName }).ToListAsync(cancellation);
        return List(patientId, state.AllergiesStatus, state.AllergiesRecordedAt, rows.ConvertAll(r => new AllergyRow(r.Row.Status, View(r.Row, r.By))));
    }

    /// <summary>The most severe first; what is not known to be mild stands before what is.</summary>
    public static AllergyList List(Guid patientId, AllergiesStatus status, DateTimeOffset? recordedAt, IReadOnlyList<AllergyRow> rows) => new(
        patientId, status, recordedAt,
        [.. Of(rows, AllergyStatus.Active).OrderBy(v => Place(v.Severity)).ThenBy(v => v.Substance, StringComparer.OrdinalIgnoreCase)],
        [.. Of(rows, AllergyStatus.Inactive).OrderBy(v => v.Substance, StringComparer.OrdinalIgnoreCase)],
        rows.Count(r => r.Status is AllergyStatus.EnteredInError));

    /// <summary>A word of another system that is none of ours is no category.</summary>
    public static AllergyCategory? CategoryOf(string? word)
        => Enum.GetValues<AllergyCategory>().Select(c => (AllergyCategory?)c).FirstOrDefault(c => EnumText.Of(c!.Value) == word);

    private static IEnumerable<AllergyView> Of(IReadOnlyList<AllergyRow> rows, AllergyStatus status) => rows.Where(r => r.Status == status).Select(r => r.View);

    private static int Place(AllergySeverity? severity) => severity switch
    {
        AllergySeverity.Severe => 0,
        AllergySeverity.Moderate => 1,
        null => 2,
        _ => 3,
    };

    private static AllergyView View(Allergy row, string? by) => new(
        row.Id, row.Substance, row.Code, CategoryOf(row.Category), row.Type, row.Reaction, row.Severity, row.RecordedAt, by,
        row.Status is AllergyStatus.Inactive ? row.EndedReason : null);
}

/// <summary>An allergy as it is shown, and whether it is.</summary>
internal sealed record AllergyRow(AllergyStatus Status, AllergyView View);
