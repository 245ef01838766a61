using System.Globalization;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Portal.Endpoints;
using Microsoft.AspNetCore.WebUtilities;

namespace DrAssistant.Portal.Components.Admin;

/// <summary>The audit trail, searched. Each search is an entry of it, so nothing is read that was not asked for.</summary>
public partial class AuditTrailPage(IAuditTrail trail, ClinicClock clock)
{
    private static readonly (string Deed, string Words)[] Deeds =
    [
        ("sign-in", "Signing in"), ("sign-out", "Signing out"), ("session", "Sessions"), ("user", "Accounts"), ("account", "Accounts, read and links"), ("second-factor", "Second factor"),
        ("chart", "Charts"), ("patient", "Patients"), ("appointment", "Appointments"), ("encounter", "Visits"), ("note", "Notes"), ("prescription", "Prescriptions"),
        ("order", "Orders"), ("result", "Results"), ("task", "Tasks"), ("alert", "Alerts"), ("vitals", "Vital signs"), ("allerg", "Allergies"), ("merge", "Merges"), ("formulary", "Formulary"), ("catalogue", "Catalogue"), ("calendar", "Calendars"), ("audit", "The audit trail itself"),
    ];

    // Where the pages before began, so that one can go back to what was seen.
    private readonly Stack<AuditCursor?> _pages = [];
    private AuditPage? _found;
    private AuditCursor? _at;
    private Refusal? _refusal;
    private string _person = "";
    private string _patient = "";
    private string _deed = "";
    private DateOnly? _from;
    private DateOnly? _to;
    private AuditSearch _search = new();

    private string Csv => QueryHelpers.AddQueryString(AuditExportEndpoint.Address, new Dictionary<string, string?>
    {
        ["person"] = _search.Person,
        ["patient"] = _search.Patient,
        ["deed"] = _search.Deed,
        ["from"] = _search.From?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        ["to"] = _search.To?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
    }.Where(part => !string.IsNullOrEmpty(part.Value)));

    protected override Task OnInitializedAsync() => SearchAsync();

    private Task SearchAsync()
    {
        _pages.Clear();
        _search = new AuditSearch
        {
            Person = _person,
            Patient = _patient,
            Deed = _deed,
            From = _from is { } first ? clock.DayBounds(first).From : null,
            To = _to is { } last ? clock.DayBounds(last).To : null,
        };
        return GoAsync(null);
    }

    private Task GoAsync(AuditCursor? after)
    {
        _at = after;
        return LoadAsync(
            cancellation => trail.SearchAsync(_search with { After = after }, cancellation),
            read => (_found, _refusal) = (read.Value ?? _found, read.Refusal));
    }

    private Task OlderAsync()
    {
        _pages.Push(_at);
        return GoAsync(_found!.Next);
    }

    private Task NewerAsync() => GoAsync(_pages.Pop());
}
