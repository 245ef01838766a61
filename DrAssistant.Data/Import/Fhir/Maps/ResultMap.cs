using System.Text.Json;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Results;

namespace DrAssistant.Data.Import.Fhir.Maps;

/// <summary>A laboratory value: the result of the order that its report is, or of one order a visit and time.</summary>
internal static class ResultMap
{
    /// <summary>A value this fresh may still wait for a doctor's eye; older ones would only flood the inbox.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(30);

    public static void Map(FhirEntry entry, FileContext context, Guid patientId, Visit? visit, DateTimeOffset at, IReadOnlyList<Finding> found)
    {
        var report = context.Index.ReportOf(entry.Key) is { } key && context.Known.Find(key) is { Target: DiagnosticReportMap.Target } row ? row : null;
        if (report is not null && report.PatientId != patientId)
        {
            entry.Refuse("its report is another patient's");
            return;
        }

        visit ??= report is null ? context.VisitAround(entry, patientId, null, at) : null;
        var issued = entry.Time("issued") ?? at;
        var isFresh = context.Clock.Now - issued <= Fresh;
        Guid? reviewer = isFresh ? null : visit?.DoctorId ?? context.UnknownPractitioner(entry);
        var status = Status(entry);
        var results = found.Select(finding => new OrderResult
        {
            Id = Guid.CreateVersion7(),
            OrderItemId = report?.TargetId ?? Item(entry, context, visit!, at, finding.Coded),
            PatientId = patientId,
            Code = finding.Coded.CodeOrAbsent,
            CodeSystem = finding.Coded.SystemOrAbsent,
            Name = finding.Coded.Name,
            ValueNumber = finding.Value.Number,
            ValueText = finding.Value.Text,
            Unit = finding.Value.Unit,
            ReferenceLow = Range(finding).Low,
            ReferenceHigh = Range(finding).High,
            Flag = Flag(finding),
            Status = status,
            EffectiveAt = at,
            IssuedAt = issued,
            CreatedAt = context.Clock.Now,
            ReviewedBy = reviewer,
            ReviewedAt = isFresh ? null : issued,
            ReviewComment = isFresh ? null : "Imported history",
        }).ToList();
        results.ForEach(result => entry.Add(Tables.Results, result));
        entry.Becomes("results", results[0].Id, patientId);
        entry.LeftOut.AddRange(entry.Resource.Items("performer").Select(_ => "Observation.performer (laboratory)"));
        entry.LeftOut.AddRange(entry.Resource.Items("referenceRange").Skip(1).Select(_ => "Observation.referenceRange (further)"));
    }

    private static Guid Item(FhirEntry entry, FileContext context, Visit visit, DateTimeOffset at, Coded coded)
    {
        var order = context.Shared((visit.Id, at), () => new Order
        {
            Id = Guid.CreateVersion7(),
            EncounterId = visit.Id,
            PatientId = visit.PatientId,
            DoctorId = visit.DoctorId,
            OrderType = OrderType.Lab,
            Status = OrderStatus.Completed,
            CreatedAt = at,
            OrderedAt = at,
            CompletedAt = at,
        });
        entry.Add(Tables.Orders, order);
        var item = new OrderItem
        {
            Id = Guid.CreateVersion7(),
            OrderId = order.Id,
            PatientId = visit.PatientId,
            ItemCode = coded.CodeOrAbsent,
            ItemName = coded.Name,
            CodeSystem = coded.SystemOrAbsent,
        };
        entry.Add(Tables.OrderItems, item);
        return item.Id;
    }

    private static ResultStatus Status(FhirEntry entry)
    {
        var word = entry.Text("status");
        if (word is "unknown" or "entered-in-error")
        {
            entry.Nearest.Add($"Observation.status {word}: {(word == "unknown" ? "final" : "cancelled")}");
        }

        return entry.Word(word, "status",
            ("final", ResultStatus.Final), ("unknown", ResultStatus.Final), ("registered", ResultStatus.Preliminary), ("preliminary", ResultStatus.Preliminary),
            ("amended", ResultStatus.Corrected), ("corrected", ResultStatus.Corrected),
            ("cancelled", ResultStatus.Cancelled), ("entered-in-error", ResultStatus.Cancelled));
    }

    /// <summary>What the laboratory said comes first, then the range that it printed; without either nobody guesses.</summary>
    private static ResultFlag Flag(Finding finding)
    {
        foreach (var code in finding.Holder.Items("interpretation").SelectMany(i => i.Items("coding")).Select(c => c.Text("code")))
        {
            // HL7 v3 ObservationInterpretation.
            ResultFlag? flag = code switch
            {
                "N" => ResultFlag.Normal,
                "L" or "LU" => ResultFlag.Low,
                "H" or "HU" => ResultFlag.High,
                "LL" => ResultFlag.CriticalLow,
                "HH" => ResultFlag.CriticalHigh,
                "A" or "AA" => ResultFlag.Abnormal,
                _ => null,
            };
            if (flag is { } said)
            {
                return said;
            }
        }

        var (low, high) = Range(finding);
        return finding.Value.Number switch
        {
            null => ResultFlag.Unknown,
            _ when low is null && high is null => ResultFlag.Unknown,
            { } number when number < low => ResultFlag.Low,
            { } number when number > high => ResultFlag.High,
            _ => ResultFlag.Normal,
        };
    }

    /// <summary>The range for healthy people, if it is in the value's own unit.</summary>
    private static (decimal? Low, decimal? High) Range(Finding finding)
    {
        var range = finding.Holder.Items("referenceRange")
            .FirstOrDefault(r => r.Part("type") is null || r.Part("type").Items("coding").Any(c => c.Text("code") == "normal"));
        return (Bound(range.Part("low"), finding.Value.Unit), Bound(range.Part("high"), finding.Value.Unit));
    }

    private static decimal? Bound(JsonElement? quantity, string? unit)
        => unit is null || (quantity.Text("code") ?? quantity.Text("unit")) is not { } other || other == unit || quantity.Text("unit") == unit
            ? quantity.Number("value")
            : null;
}
