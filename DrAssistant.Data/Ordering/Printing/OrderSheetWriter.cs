using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing.Printing;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Ordering.Printing;

/// <summary>Writes the paper of an order: what the laboratory or the imaging centre reads, without codes, and how the patient prepares.</summary>
internal sealed class OrderSheetWriter(SheetWriter sheets, LetterWriter letters, OrderCatalogueStore catalogue, ClinicClock clock)
{
    private const string Pregnancy = "pregnancy";

    /// <summary>Everything that was signed together, but for referrals.</summary>
    public async Task<PrescriptionSheet> SheetAsync(ClinicDb db, List<Order> orders, CancellationToken cancellation)
    {
        var known = await catalogue.CurrentAsync(cancellation);
        var places = await PlacesAsync(db, orders, cancellation);
        return await WriteAsync(db, orders, "Order", [.. orders.Select(o => SectionOf(o, known, places))], Advice(orders, known), cancellation);
    }

    /// <summary>To whom it may concern, with the parts of the chart that were chosen.</summary>
    public async Task<PrescriptionSheet> LetterAsync(ClinicDb db, Order order, CancellationToken cancellation)
    {
        HashSet<LetterPart> parts = [.. (order.LetterParts ?? []).Select(EnumText.Parse<LetterPart>)];
        var places = await PlacesAsync(db, [order], cancellation);
        var to = string.Join(", ", new[] { order.ReferredTo, order.ProviderId is { } id ? places.GetValueOrDefault(id) : null }.Select(PrintText.Of).Where(t => t.Length > 0));
        SheetSection asked = new("Referred to", [.. order.Items.OrderBy(i => i.Position).Select(i => new SheetItem(PrintText.Of(i.ItemName), Said([i.Instructions])))]);
        List<SheetSection> sections = [asked, .. await letters.PartsAsync(order, parts, cancellation)];
        if (to.Length > 0)
        {
            sections.Insert(0, new SheetSection("To", [new SheetItem(to)]));
        }

        var sheet = await WriteAsync(db, [order], "Referral letter", sections, [], cancellation);
        return sheet with { WithoutAllergies = !parts.Contains(LetterPart.Allergies) };
    }

    private async Task<PrescriptionSheet> WriteAsync(
        ClinicDb db, List<Order> orders, string title, IReadOnlyList<SheetSection> sections, IReadOnlyList<SheetText> advice, CancellationToken cancellation)
    {
        var first = orders[0];
        var at = first.OrderedAt ?? first.CreatedAt;
        var patient = await db.Patients.AsNoTracking().SingleAsync(p => p.Id == first.PatientId, cancellation);
        var numbers = string.Join(", ", orders.Select(o => o.Number));
        return new PrescriptionSheet(
            sheets.Practice(),
            new SheetPrescriber(PrintText.Of(first.SignerName), Or(first.SignerQualification), Or(first.SignerRegistrationNumber), Or(first.SignerRegistrationCouncil)),
            sheets.Person(patient, Age.On(clock.DayOf(at), patient.DateOfBirth, patient.DateOfBirthEstimated), at),
            await sheets.AllergiesAsync(db, first.PatientId, cancellation),
            [.. orders.Select(o => Or(o.Reason)).OfType<string>().Distinct().Select(reason => new SheetText("Reason", reason))],
            [],
            [.. orders.SelectMany(o => SheetWriter.Text("Note", PrintText.Of(o.Notes))), .. advice])
        {
            Title = title,
            Number = orders.Count == 1 ? first.Number : null,
            Sections = sections,
            Signature = sheets.Signed(first.SignerName!, first.SignerRegistrationNumber, at, ""),
            Foot = $"{numbers}. Send results with this number.",
            At = at,
        };
    }

    private static SheetSection SectionOf(Order order, OrderCatalogue known, Dictionary<Guid, string> places)
    {
        var kind = order.OrderType switch { OrderType.Lab => "Laboratory", OrderType.Imaging => "Imaging", _ => "Procedures" };
        string?[] head = [kind, order.Number, UrgencyOf(order.Urgency), order.ProviderId is { } place && places.TryGetValue(place, out var name) ? PrintText.Of(name) : null];
        return new SheetSection(
            string.Join("  ·  ", head.Where(part => !string.IsNullOrEmpty(part))),
            [.. order.Items.OrderBy(i => i.Position).ThenBy(i => i.Id).Select(i => Item(i, known.Get(i.CatalogueId)))]);
    }

    private static SheetItem Item(OrderItem item, CatalogueEntry? entry) => new(
        PrintText.Of(item.Side is { } side ? $"{item.ItemName}, {SideOf(side)}" : item.ItemName),
        Said([entry?.Specimen is { } specimen ? $"Specimen: {specimen.Replace('-', ' ')}" : null, entry?.Preparation, item.Instructions]));

    /// <summary>PCPNDT Rules 1996, rule 9(4): a scan of a pregnant woman has its Form F. PCPNDT Act 1994, section 5(2): nobody tells the sex.</summary>
    private static SheetText[] Advice(List<Order> orders, OrderCatalogue known)
        => orders.SelectMany(o => o.Items).Any(i => known.Get(i.CatalogueId) is { Type: OrderType.Imaging, BodySite: Pregnancy })
            ? [new SheetText("PCPNDT", "Form F is filled in before this ultrasound in pregnancy. The sex of the foetus is not told to anybody.")]
            : [];

    private static string SideOf(BodySide side) => side is BodySide.Both ? "both sides" : EnumText.Of(side);

    private static string? UrgencyOf(OrderUrgency urgency) => urgency switch { OrderUrgency.Urgent => "URGENT", OrderUrgency.Stat => "AT ONCE", _ => null };

    private static async Task<Dictionary<Guid, string>> PlacesAsync(ClinicDb db, List<Order> orders, CancellationToken cancellation)
    {
        Guid[] ids = [.. orders.Select(o => o.ProviderId).OfType<Guid>()];
        return await db.Providers.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellation);
    }

    private static string? Said(IEnumerable<string?> parts) => Or(string.Join(". ", parts.Select(part => PrintText.Of(part).TrimEnd('.')).Where(part => part.Length > 0)));

    private static string? Or(string? text) => PrintText.Of(text) is { Length: > 0 } plain ? plain : null;
}
