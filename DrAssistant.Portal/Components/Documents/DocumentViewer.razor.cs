using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Documents;

/// <summary>One document, opened.</summary>
public sealed partial class DocumentViewer(IDocuments documents, ICurrentUser user, ClinicClock clock)
{
    private static readonly string[] Reasons = ["Of another patient", "Uploaded twice", "Not readable", "Replaced by a better copy"];

    private DocumentView? _document;
    private Refusal? _refusal;
    private Refusal? _objection;
    private int _read = -1;
    private bool _changes;
    private bool _marks;

    [Parameter, EditorRequired]
    public Guid DocumentId { get; set; }

    /// <summary>Another number: something changed, and it is read anew.</summary>
    [Parameter]
    public int Version { get; set; }

    [Parameter]
    public EventCallback Closed { get; set; }

    [Parameter]
    public EventCallback Changed { get; set; }

    private ClinicClock Clock => clock;

    private bool MayChange => user.Can(Permissions.WriteDocuments);

    protected override Task OnParametersSetAsync()
    {
        if (_read == Version)
        {
            return Task.CompletedTask;
        }

        _read = Version;
        return ReadAsync();
    }

    private Task ReadAsync() => LoadAsync(
        cancellation => documents.FindAsync(DocumentId, cancellation),
        found => (_document, _refusal) = (found.Value, found.Refusal));

    private Task KeepAsync(DocumentView saved)
    {
        (_document, _changes) = (saved, false);
        return Changed.InvokeAsync();
    }

    private Task MarkAsync(string why) => SaveAsync(async () =>
    {
        var marked = await documents.MarkInErrorAsync(DocumentId, why, CancellationToken.None);
        _objection = marked.Refusal;
        if (marked.Value is { } document)
        {
            (_document, _marks) = (document, false);
            await Changed.InvokeAsync();
        }
    });
}
