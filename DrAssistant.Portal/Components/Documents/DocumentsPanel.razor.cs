using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Documents;

/// <summary>A patient's documents.</summary>
public sealed partial class DocumentsPanel(IDocuments documents, IDocumentUploads uploads, ICurrentUser user, NavigationManager navigation, IJSRuntime script) : IAsyncDisposable
{
    private const int APage = 24;
    private const int Most = 96;

    private ElementReference _root;
    private DotNetObjectReference<DocumentsPanel>? _self;
    private IJSObjectReference? _module;
    private DocumentList? _list;
    private Refusal? _refusal;
    private DocumentCategory? _category;
    private DocumentAttachment _attachment = DocumentAttachment.ToPatient;
    private Guid? _open;
    private Guid? _given;
    private int _version;
    private bool _withErrors;
    private bool _adds;

    [Parameter, EditorRequired]
    public Guid PatientId { get; set; }

    /// <summary>The document of the address.</summary>
    [Parameter]
    public Guid? Open { get; set; }

    /// <summary>What documents are to be added to: visit, note, order or result.</summary>
    [Parameter]
    public string? Add { get; set; }

    [Parameter]
    public Guid? To { get; set; }

    private bool MayAdd => user.Can(Permissions.WriteDocuments);

    private int Total => _list?.Counts.Values.Sum() ?? 0;

    protected override Task OnInitializedAsync()
    {
        Follow(user.Id);
        (_attachment, _adds) = (AttachmentOf(Add, To), Add is not null && MayAdd);
        return ReloadAsync();
    }

    // A search may lead to another document of the chart that is open.
    protected override void OnParametersSet()
    {
        if (_given != Open)
        {
            (_given, _open) = (Open, Open);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && MayAdd)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await script.InvokeAsync<IJSObjectReference>("import", "./js/documents.js");
            await _module.InvokeVoidAsync("welcome", _root, _self);
        }
    }

    /// <summary>Files are being dragged over the list: the form opens. False where there is none to open.</summary>
    [JSInvokable]
    public async Task<bool> Welcome()
    {
        if (!MayAdd || _open is not null)
        {
            return false;
        }

        await InvokeAsync(() =>
        {
            _adds = true;
            StateHasChanged();
        });
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (Exception gone) when (gone is JSDisconnectedException or TaskCanceledException)
        {
            // The browser is gone, and its module with it.
        }

        _self?.Dispose();
    }

    protected override bool Concerns(DayChange change) => change?.PatientId == PatientId && change.Kind is "document.changed";

    protected override Task ReloadAsync()
    {
        _version++;
        return ReadAsync(Math.Max(_list?.Documents.Count ?? 0, APage));
    }

    private static DocumentAttachment AttachmentOf(string? what, Guid? id) => what switch
    {
        "visit" => new DocumentAttachment(EncounterId: id),
        "note" => new DocumentAttachment(NoteId: id),
        "order" => new DocumentAttachment(OrderId: id),
        "result" => new DocumentAttachment(ResultId: id),
        _ => DocumentAttachment.ToPatient,
    };

    private Task ChooseAsync(ChangeEventArgs change)
    {
        _category = Enum.TryParse<DocumentCategory>(change.Value as string, out var category) ? category : null;
        return ReadAsync(APage);
    }

    private Task SwitchAsync(ChangeEventArgs change)
    {
        _withErrors = change.Value is true;
        return ReadAsync(APage);
    }

    private Task MoreAsync() => ReadAsync(Math.Min((_list?.Documents.Count ?? 0) + APage, Most));

    private Task ReadAsync(int count) => LoadAsync(
        cancellation => documents.ListAsync(new DocumentListQuery(PatientId, _category, _withErrors, Take: Math.Min(count, Most)), cancellation),
        read => (_list, _refusal) = (read.Value ?? _list, read.Refusal));

    /// <summary>The address names what is open, so that going back closes it and a reload does not.</summary>
    private void OpenAsync(Guid document) => navigation.NavigateTo(Words.DocumentsOf(PatientId, document));

    private void CloseAsync() => navigation.NavigateTo(Words.DocumentsOf(PatientId));

    private async Task GiveUpAsync(Guid upload)
    {
        var cancelled = await TryAsync(() => uploads.CancelAsync(upload, CancellationToken.None));
        await ReloadAsync();
        _refusal ??= cancelled.Refusal is { Kind: not RefusalKind.NotFound } refusal ? refusal : null;
    }
}
