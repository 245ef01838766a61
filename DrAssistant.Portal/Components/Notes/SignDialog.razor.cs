using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>A doctor's signature under the note as it was read.</summary>
public partial class SignDialog(IClinicalNotes notes)
{
    private IReadOnlyList<NoteGap> _gaps = [];
    private Guid? _opened;
    private string _password = "";
    private Refusal? _refusal;

    [Parameter, EditorRequired]
    public VisitHead Visit { get; set; } = default!;

    /// <summary>The draft with everything saved that was typed.</summary>
    [Parameter, EditorRequired]
    public NoteView Note { get; set; } = default!;

    [Parameter, EditorRequired]
    public EventCallback<NoteView> OnSigned { get; set; }

    /// <summary>To the field that is open, by its path.</summary>
    [Parameter, EditorRequired]
    public EventCallback<string> OnGo { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private bool OnlyUnchecked => _gaps.Count > 0 && _gaps.All(g => g.Kind is NoteGapKind.Unchecked);

    private bool MaySign => _gaps.Count == 0 || OnlyUnchecked;

    private Refusal? Refused => _refusal ?? SaveFailure?.AsRefusal();

    protected override void OnParametersSet()
    {
        if (_opened != Note.Id)
        {
            (_opened, _gaps) = (Note.Id, Note.Gaps);
        }
    }

    private static string Said(NoteGap gap) => gap.Kind switch
    {
        NoteGapKind.Blank => $"{gap.Label}: a *** is not filled",
        NoteGapKind.Conflict => $"{gap.Label}: two values stand side by side",
        NoteGapKind.Unchecked => gap.Label,
        _ => $"{gap.Label} is empty",
    };

    private Task SignAsync() => SaveAsync(async () =>
    {
        if (!MaySign || _password.Length == 0)
        {
            _refusal = MaySign ? Refusal.Invalid("Type your password.") : null;
            return;
        }

        var signed = await notes.SignAsync(new NoteSigning(Note.Id, Note.PatientId, Note.Version, _password, OnlyUnchecked), CancellationToken.None);

        // A wrong one is not left standing, and a right one is nobody's business any more.
        (_password, _refusal) = ("", signed.Refusal);
        if (signed.Refusal is SigningRefusal open)
        {
            (_gaps, _refusal) = (open.Gaps, null);
        }
        else if (signed.Succeeded)
        {
            await OnSigned.InvokeAsync(signed.Value);
        }
    });
}
