using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Patients;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>What can be done to a signed note.</summary>
public enum NoteActKind
{
    Amend,
    AddTo,
    MarkInError,
}

/// <summary>Asks what an amendment, an addendum or an entry in error needs, and does it.</summary>
public partial class NoteActDialog(IClinicalNotes notes)
{
    private ModalDialog? _dialog;
    private string _text = "";
    private string _password = "";
    private Refusal? _refusal;

    [Parameter, EditorRequired]
    public NoteActKind Act { get; set; }

    [Parameter, EditorRequired]
    public ChartBanner Patient { get; set; } = default!;

    [Parameter, EditorRequired]
    public NoteView Note { get; set; } = default!;

    /// <summary>What stands in it to begin with.</summary>
    [Parameter]
    public string? Text { get; set; }

    /// <summary>The note afterwards; of an amendment, its draft.</summary>
    [Parameter, EditorRequired]
    public EventCallback<NoteView> OnDone { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private string Title => Act switch { NoteActKind.Amend => "Amend the note", NoteActKind.AddTo => "Add to the note", _ => "Mark as entered in error" };

    private string Label => Act is NoteActKind.AddTo ? "What is to be added" : "Why";

    private string Do => Act switch { NoteActKind.Amend => "Amend", NoteActKind.AddTo => "Sign and add", _ => "Mark as entered in error" };

    private string Consequence => Act switch
    {
        NoteActKind.Amend => "A draft opens with what was signed. What was signed stays as it is and is shown; the amendment counts once you sign it.",
        NoteActKind.AddTo => "A signed paragraph below the note, which itself stays as it is.",
        _ => "The note leaves every summary and stays in the record, marked so.",
    };

    protected override void OnInitialized() => _text = Text ?? "";

    private Task DoAsync() => SaveAsync(async () =>
    {
        if (string.IsNullOrWhiteSpace(_text))
        {
            _refusal = Refusal.Invalid(Act is NoteActKind.AddTo ? "Write what is to be added." : "Say why.");
            return;
        }

        var act = new NoteAct(Note.Id, Note.PatientId, _text.Trim());
        var done = Act switch
        {
            NoteActKind.Amend => await notes.AmendAsync(act, CancellationToken.None),
            NoteActKind.AddTo => await notes.AddAddendumAsync(new AddendumDraft(Note.Id, Note.PatientId, _text, _password), CancellationToken.None),
            _ => await notes.MarkEnteredInErrorAsync(act, CancellationToken.None),
        };
        (_refusal, _password) = (done.Refusal, "");
        if (done.Succeeded)
        {
            await OnDone.InvokeAsync(done.Value);
        }
    });
}
