using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>All notes of one patient. Signed, amended and marked ones appear by themselves; the one that is open stays open.</summary>
public partial class NotesPanel(IClinicalNotes notes, ICurrentUser user)
{
    private const int PageLength = 25;
    private const int Most = 100;

    private List<NoteLine>? _lines;
    private NoteCursor? _next;
    private Refusal? _refusal;
    private Guid? _open;
    private long _inError;
    private bool _withErrors;

    [Parameter, EditorRequired]
    public ChartBanner Patient { get; set; } = default!;

    /// <summary>The note that is open to begin with.</summary>
    [Parameter]
    public Guid? First { get; set; }

    protected override Task OnInitializedAsync()
    {
        _open = First;
        Follow(user.Id);
        return ReloadAsync();
    }

    protected override bool Concerns(DayChange change) => change?.PatientId == Patient.PatientId && change.Kind is "note.changed";

    /// <summary>As much as stands there, so that nobody loses their place.</summary>
    protected override Task ReloadAsync() => ReadAsync(new NoteListQuery(Patient.PatientId) { WithErrors = _withErrors, Take = Math.Clamp(_lines?.Count ?? 0, PageLength, Most) }, list => _lines = [.. list.Notes]);

    private Task OlderAsync() => ReadAsync(new NoteListQuery(Patient.PatientId) { WithErrors = _withErrors, After = _next, Take = PageLength }, list => _lines = [.. (_lines ?? []).UnionBy(list.Notes, line => line.Id)]);

    private Task ReadAsync(NoteListQuery query, Action<NoteList> take) => LoadAsync(
        cancellation => notes.ListAsync(query, cancellation),
        read =>
        {
            _refusal = read.Refusal;
            if (read.Value is { } list)
            {
                take(list);
                (_next, _inError) = (list.Next, _withErrors ? _inError : list.InError);
            }
        });

    private Task SwitchAsync(ChangeEventArgs to)
    {
        (_withErrors, _lines) = (to.Value is true, null);
        return ReloadAsync();
    }
}
