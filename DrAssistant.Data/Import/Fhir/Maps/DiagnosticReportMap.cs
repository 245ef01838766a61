using DrAssistant.Data.Ordering;

namespace DrAssistant.Data.Import.Fhir.Maps;

/// <summary>DiagnosticReport: an order that has been carried out. Its values, read later, are the results of its one item.</summary>
internal static class DiagnosticReportMap
{
    /// <summary>What a report becomes: the item that its results belong to.</summary>
    public const string Target = "order_items";

    // HL7 v2-0074.
    private static readonly string[] Laboratories = ["LAB", "HM", "CH", "MB", "BLB", "IMM", "TX", "VR", "SR", "PAT", "CP", "CTH", "GE", "ICU", "MCB", "MYC", "PAR", "SP", "URN"];
    private static readonly string[] Imaging = ["RAD", "RX", "RUS", "CT", "CUS", "NMR", "NMS", "OUS", "VUS", "XRC", "IMG"];

    public static void Map(FhirEntry entry, FileContext context)
    {
        if (context.Patient(entry, "subject") is not { } patientId)
        {
            return;
        }

        var categories = entry.Resource.Items("category").SelectMany(c => c.Items("coding")).Select(c => c.Text("code")).ToList();
        if (!entry.Resource.Items("result").Any() && !categories.Exists(c => Laboratories.Contains(c) || Imaging.Contains(c)))
        {
            entry.NoPlace = "DiagnosticReport without results, of no laboratory and no imaging";
            return;
        }

        var coded = entry.Concept(entry.Resource.Part("code"), "code", Coded.Loinc, longestName: 255);
        if ((entry.Began("effective") ?? entry.Time("issued")) is not { } at)
        {
            entry.Refuse("has no effectiveDateTime and no issued");
            return;
        }

        var visit = context.Visit(entry, patientId) ?? context.VisitAround(entry, patientId, null, at);
        var order = new Order
        {
            Id = Guid.CreateVersion7(),
            EncounterId = visit.Id,
            PatientId = patientId,
            DoctorId = visit.DoctorId,
            OrderType = categories.Exists(Imaging.Contains) ? OrderType.Imaging : categories.Exists(Laboratories.Contains) ? OrderType.Lab : OrderType.Procedure,
            Status = Status(entry),
            CreatedAt = at,
            OrderedAt = at,
            CompletedAt = entry.Time("issued") ?? at,
            Notes = entry.Text("conclusion"),
        };
        var item = new OrderItem
        {
            Id = Guid.CreateVersion7(),
            OrderId = order.Id,
            PatientId = patientId,
            ItemCode = coded.CodeOrAbsent,
            ItemName = coded.Name,
            CodeSystem = coded.SystemOrAbsent,
        };
        entry.Add(Tables.Orders, order);
        entry.Add(Tables.OrderItems, item);
        entry.Becomes(Target, item.Id, patientId);
    }

    private static OrderStatus Status(FhirEntry entry)
    {
        var word = entry.Text("status");
        if (word is "registered" or "partial" or "preliminary" or "unknown")
        {
            entry.Nearest.Add($"DiagnosticReport.status {word}: completed");
        }

        return entry.Word(word, "status",
            ("final", OrderStatus.Completed), ("amended", OrderStatus.Completed), ("corrected", OrderStatus.Completed), ("appended", OrderStatus.Completed),
            ("registered", OrderStatus.Completed), ("partial", OrderStatus.Completed), ("preliminary", OrderStatus.Completed), ("unknown", OrderStatus.Completed),
            ("cancelled", OrderStatus.Cancelled), ("entered-in-error", OrderStatus.Cancelled));
    }
}
