using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Patients;

/// <summary>One patient's chart. Going from one patient to the next is the same page with another id.</summary>
public partial class ChartPage(IPatients patients, ICurrentUser user, NavigationManager navigation, IJSRuntime script)
{
    private const string OpenTab = "chart-tab";
    private const string VitalsTab = "vitals";
    private const string NotesTab = "notes";
    private const string MedicationsTab = "medications";
    private const string OrdersTab = "orders";
    private const string ResultsTab = "results";
    private const string DocumentsTab = "documents";

    private Guid? _opened;
    private (Guid Patient, string? Tab)? _inSight;
    private ChartBanner? _banner;
    private Refusal? _refusal;

    [Parameter]
    public Guid PatientId { get; set; }

    /// <summary>The timeline's filter, in the address so that a view can be come back to.</summary>
    [SupplyParameterFromQuery(Name = "kinds")]
    private string? Kinds { get; set; }

    [SupplyParameterFromQuery(Name = "doctor")]
    private string? Doctor { get; set; }

    [SupplyParameterFromQuery(Name = "period")]
    private string? Period { get; set; }

    /// <summary>Which tab of the chart; none is the timeline.</summary>
    [SupplyParameterFromQuery(Name = "tab")]
    private string? Tab { get; set; }

    /// <summary>The note that is open to begin with.</summary>
    [SupplyParameterFromQuery(Name = "note")]
    private Guid? Note { get; set; }

    /// <summary>The prescription that somebody came for, marked and in sight.</summary>
    [SupplyParameterFromQuery(Name = "prescription")]
    private Guid? Prescription { get; set; }

    /// <summary>The order that somebody came for: it, or its values, are marked and in sight.</summary>
    [SupplyParameterFromQuery(Name = "order")]
    private Guid? Order { get; set; }

    /// <summary>The result that is open to begin with.</summary>
    [SupplyParameterFromQuery(Name = "result")]
    private Guid? Value { get; set; }

    /// <summary>The document that is open to begin with.</summary>
    [SupplyParameterFromQuery(Name = "document")]
    private Guid? Document { get; set; }

    /// <summary>What documents are to be added to: visit, note, order or result; any other word is the patient alone.</summary>
    [SupplyParameterFromQuery(Name = "add")]
    private string? Add { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private Guid? To { get; set; }

    private bool IsDocuments => Tab is DocumentsTab;

    private bool IsMedications => Tab is MedicationsTab;

    private bool IsNotes => Tab is NotesTab;

    private bool IsOrders => Tab is OrdersTab;

    private bool IsResults => Tab is ResultsTab;

    private bool IsVitals => Tab is VitalsTab;

    private bool IsTimeline => !(IsDocuments || IsMedications || IsNotes || IsOrders || IsResults || IsVitals);

    protected override void OnInitialized() => Follow(user.Id);

    protected override Task OnParametersSetAsync()
    {
        if (_opened == PatientId)
        {
            return Task.CompletedTask;
        }

        // Never one patient's data under another's address, not even while loading.
        (_opened, _banner, _refusal) = (PatientId, null, null);
        return OpenAsync();
    }

    /// <summary>On a telephone the bar of tabs is wider than the screen: the open one is brought into sight.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_banner is { InCare: true } banner && _inSight != (banner.PatientId, Tab))
        {
            _inSight = (banner.PatientId, Tab);
            await script.InvokeVoidAsync("clinicShell.inSight", OpenTab);
        }
    }

    /// <summary>The banner is always in sight: an allergy that somebody else adds has to stand in it at once.</summary>
    protected override bool Concerns(DayChange change) => change?.PatientId == PatientId && change.Kind is "allergies.changed" or "patient.changed";

    protected override Task ReloadAsync() => OpenAsync();

    private static string? IdOf(bool isOpen) => isOpen ? OpenTab : null;

    private Task OpenAsync() => LoadAsync(
        cancellation => patients.OpenAsync(PatientId, cancellation),
        opened =>
        {
            if (opened.Value is { } banner && banner.PatientId != PatientId)
            {
                // This record was merged: its address leads to the one that stays, and is not kept in the browser's history.
                navigation.NavigateTo(Words.ChartOf(banner.PatientId), replace: true);
                return;
            }

            (_banner, _refusal) = (opened.Value, opened.Refusal);
        });
}
