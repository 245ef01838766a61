using DrAssistant.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Patients.Merging;

/// <summary>Reads two records as far as the person who asks may see them, and lays them side by side.</summary>
internal sealed class MergeComparer(PatientVault vault, ClinicClock clock)
{
    private const int VeryLikely = 2;

    /// <summary>One record; null where it is not for this reader, or is none.</summary>
    public async Task<RecordSide?> ReadAsync(ClinicDb db, Guid patientId, CancellationToken cancellation)
    {
        var rows = await db.Database.SqlQuery<SideRow>($"""
            SELECT details AS "Details", visits AS "Visits", last_visit AS "LastVisit", ahead AS "Ahead", next_visit AS "NextVisit" FROM merge_side({patientId})
            """).ToListAsync(cancellation);
        return rows is [var row] ? new RecordSide(RecordDetails.Read(row.Details, vault), row) : null;
    }

    /// <summary>What must be put right before the two can be one, in sentences for whoever can put it right.</summary>
    public async Task<IReadOnlyList<string>> ObstaclesAsync(ClinicDb db, RecordSide survivor, RecordSide merged, CancellationToken cancellation)
    {
        var found = new List<string>();
        foreach (var side in new[] { survivor, merged }.Where(side => side.Details.Status is PatientStatus.Merged))
        {
            found.Add($"{side.Details.Mrn ?? "One of the two"} was merged already. Compare the record that it leads to.");
        }

        var rows = await db.Database.SqlQuery<ObstacleRow>($"""
            SELECT kind AS "Kind", at AS "At", doctor AS "Doctor" FROM merge_obstacles({survivor.Details.Id}, {merged.Details.Id})
            """).ToListAsync(cancellation);
        found.AddRange(rows.Select(row => row.Kind == "visits"
            ? $"Both have an open visit with {row.Doctor}. End one of them first."
            : $"Both have an appointment at {ClinicFormat.DateAndTime(row.At, clock)} ({row.Doctor}). Move or cancel one of them, or mark it as a no-show, first."));
        return found;
    }

    public MergeComparison Compare(RecordSide survivor, RecordSide merged, IReadOnlyList<string> obstacles, Guid? openRequest)
    {
        var (one, other) = (survivor.Details, merged.Details);
        var fields = Enum.GetValues<MergeField>().Where(field => one.Has(field) || other.Has(field)).Select(field => new MergeFieldLine(
            field, one.Shown(field, clock.Today), other.Shown(field, clock.Today), !one.SameAs(other, field), Proposed(one, other, field))).ToList();
        var alike = Alike(one, other).ToList();
        return new MergeComparison(survivor.View(), merged.View(), fields, alike, alike.Count >= VeryLikely, obstacles, openRequest);
    }

    /// <summary>The choices that count: of each field that differs, what was chosen or else is proposed.</summary>
    public static Dictionary<MergeField, MergeSide> Settled(RecordDetails survivor, RecordDetails merged, IReadOnlyDictionary<MergeField, MergeSide> choices)
        => Enum.GetValues<MergeField>().Where(field => !survivor.SameAs(merged, field))
            .ToDictionary(field => field, field => choices.TryGetValue(field, out var side) ? side : Proposed(survivor, merged, field));

    private static MergeSide Proposed(RecordDetails survivor, RecordDetails merged, MergeField field) => field switch
    {
        _ when !survivor.Has(field) && merged.Has(field) => MergeSide.Merged,
        MergeField.Born when survivor.BornEstimated && !merged.BornEstimated => MergeSide.Merged,
        _ => MergeSide.Survivor,
    };

    private static IEnumerable<string> Alike(RecordDetails one, RecordDetails other)
    {
        if (one.Has(MergeField.Abha) && one.SameAs(other, MergeField.Abha))
        {
            yield return "same ABHA number";
        }

        if (one.Born == other.Born)
        {
            yield return "same birth date";
        }

        if (one.Phone is not null && one.SameAs(other, MergeField.Mobile))
        {
            yield return "same mobile";
        }

        if (one.SameAs(other, MergeField.Name))
        {
            yield return "same name";
        }
        else if (NameTokens.MayBeSame(one.Name.Spoken, other.Name.Spoken))
        {
            yield return "names sound alike";
        }
    }

    internal sealed record SideRow(string Details, long Visits, DateTimeOffset? LastVisit, long Ahead, DateTimeOffset? NextVisit)
    {
        public override string ToString() => nameof(SideRow);
    }

    private sealed record ObstacleRow(string Kind, DateTimeOffset At, string Doctor);
}

/// <summary>One of two records as its reader may see it.</summary>
internal sealed record RecordSide(RecordDetails Details, MergeComparer.SideRow Counts)
{
    public override string ToString() => $"{nameof(RecordSide)} {Details.Id}";

    public MergeRecord View() => new(
        Details.Id, Details.Name, Details.Mrn, Details.Since, Details.Status, (int)Counts.Visits, Counts.LastVisit, (int)Counts.Ahead, Counts.NextVisit);
}
