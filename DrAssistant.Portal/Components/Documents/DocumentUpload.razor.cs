using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Documents;

/// <summary>Where documents come in. The files themselves go past the circuit, straight to the portal's addresses for uploads.</summary>
public sealed partial class DocumentUpload(IJSRuntime script, ClinicClock clock) : IAsyncDisposable
{
    private ElementReference _root;
    private DotNetObjectReference<DocumentUpload>? _self;
    private IJSObjectReference? _module;
    private DocumentCategory _category = DocumentCategory.Report;
    private DateOnly? _date;
    private string _description = "";

    [Parameter, EditorRequired]
    public Guid PatientId { get; set; }

    [Parameter]
    public DocumentAttachment Attachment { get; set; } = DocumentAttachment.ToPatient;

    /// <summary>Of earlier, of whoever is here.</summary>
    [Parameter]
    public IReadOnlyList<UnfinishedUpload> Unfinished { get; set; } = [];

    /// <summary>A document is there.</summary>
    [Parameter]
    public EventCallback Uploaded { get; set; }

    [Parameter]
    public EventCallback<Guid> GivenUp { get; set; }

    private string? DateError => _date > clock.Today ? "The date of a document is today or before." : null;

    protected override void OnInitialized() => _date = clock.Today;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _self = DotNetObjectReference.Create(this);
        _module = await script.InvokeAsync<IJSObjectReference>("import", "./js/documents.js");
        await _module.InvokeVoidAsync("follow", _root, _self);
    }

    /// <summary>What is said of the files that are chosen now; null while it cannot be.</summary>
    [JSInvokable]
    public UploadFacts? Facts() => _date is { } day && DateError is null
        ? new UploadFacts(
            PatientId, EnumText.Of(_category), day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), _description,
            Attachment.EncounterId, Attachment.NoteId, Attachment.OrderId, Attachment.ResultId)
        : null;

    [JSInvokable]
    public Task Finished() => InvokeAsync(() => Uploaded.InvokeAsync());

    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its script with it.
        }
    }

    /// <summary>As js/documents.js reads it.</summary>
    public sealed record UploadFacts(
        Guid PatientId, string Category, string Date, string Description, Guid? EncounterId, Guid? NoteId, Guid? OrderId, Guid? ResultId)
    {
        public override string ToString() => nameof(UploadFacts);
    }
}
