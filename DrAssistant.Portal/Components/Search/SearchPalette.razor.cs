using DrAssistant.Data.Common;
using DrAssistant.Data.Search;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Patients;
using DrAssistant.Portal.Components.Tasks;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Search;

/// <summary>Searches while one types. What is typed never goes into an address, and is forgotten when the palette closes.</summary>
public partial class SearchPalette(
    ISearch search, ICurrentUser user, ClinicClock clock, TimeProvider time, NavigationManager navigation, PatientQuestion question, TaskDesk tasks, IJSRuntime script)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private string _text = "";
    private string _asked = "";
    private SearchQuestion _filter = new("");
    private SearchAnswer? _answer;
    private IReadOnlyList<PaletteLine> _lines = [];
    private int _at;
    private ElementReference _field;
    private bool _enter;

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private string Placeholder => user.Can(Permissions.ReadNotes) ? "Patients, notes, prescriptions, orders, results, screens" : user.Can(Permissions.ReadPatients) ? "Patients and screens" : "Screens";

    private string? Said => _answer is null && _asked.Length == 0 ? null : $"{_lines.Count} found";

    /// <summary>The patient whose chart is open behind the palette.</summary>
    private Guid? OpenChart => navigation.ToBaseRelativePath(navigation.Uri).Split('?', '#')[0].Split('/') is ["patients", var id, ..] && Guid.TryParse(id, out var patient) ? patient : null;

    protected override Task OnInitializedAsync()
    {
        _lines = Lines();
        return FindAsync(TimeSpan.Zero);
    }

    private static string LineId(int at) => FormattableString.Invariant($"palette-line-{at}");

    private Task FilteredAsync(SearchQuestion filter)
    {
        _filter = filter;
        return FindAsync(TimeSpan.Zero);
    }

    /// <summary>A saved search with its filters; the chart stays chosen where it was.</summary>
    private async Task ChosenAsync(SearchQuestion saved)
    {
        (_text, _filter, _enter) = (saved.Text, saved with { Text = "", PatientId = _filter.PatientId }, false);
        await _field.FocusAsync();
        await FindAsync(TimeSpan.Zero);
    }

    private async Task TypedAsync(string? typed)
    {
        (_text, _at, _enter) = (typed ?? "", 0, false);
        await FindAsync(Pause);
        if (_enter && _asked == _text.Trim())
        {
            _enter = false;
            await TakeAsync(_lines is [var first, ..] ? first : null);
        }
    }

    private async Task FindAsync(TimeSpan pause)
    {
        var asked = _text.Trim();
        if (!user.Can(Permissions.ReadPatients))
        {
            (_asked, _lines) = (asked, Lines(asked));
            return;
        }

        await LoadAsync(
            async cancellation =>
            {
                await Task.Delay(pause, time, cancellation);
                return await search.FindAsync(_filter with { Text = asked }, cancellation);
            },
            found => (_asked, _answer, _lines, _at) = (asked, found.Value, Lines(asked, found.Value), 0));
    }

    /// <summary>Patients first, then what was written, then where one can go and what one can do.</summary>
    private List<PaletteLine> Lines(string asked = "", SearchAnswer? answer = null)
    {
        List<PaletteLine> lines = answer is null ? [] : [.. new PaletteLines(user, clock).Of(answer, asked)];
        if (_filter.Only is not null)
        {
            return lines;
        }

        if (asked.Length > 0 && user.Can(Permissions.ReadPatients))
        {
            lines.Add(new PaletteLine("all patients", PaletteScreens.Group, "groups", PaletteLines.Plain($"All patients for “{asked}”"), "/patients") { Act = () => question.Ask(asked) });
        }

        if (user.Can(Permissions.WriteTasks) && (asked.Length == 0 || "new task".Contains(asked, StringComparison.OrdinalIgnoreCase)))
        {
            lines.Add(new PaletteLine("new task", PaletteScreens.Group, "add_task", PaletteLines.Plain("New task"), Address: null) { Act = tasks.New, Aside = "Alt T" });
        }

        return [.. lines, .. PaletteScreens.For(user, asked)];
    }

    private async Task KeyAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown":
                await MoveAsync(_at + 1);
                break;
            case "ArrowUp":
                await MoveAsync(_at - 1);
                break;
            case "PageDown":
                await MoveAsync(Enumerable.Range(_at, Math.Max(0, _lines.Count - _at)).FirstOrDefault(at => _lines[at].Group != _lines[_at].Group, 0));
                break;
            case "PageUp":
                await MoveAsync(_lines.Index().Where(l => l.Index < _at && l.Item.Group != _lines[_at].Group).Select(l => l.Index).LastOrDefault(_lines.Count - 1));
                break;
            case "Enter" when _asked != _text.Trim() || Loading:
                // The list still answers fewer letters: what the key means is known when the answer to all of them has come.
                _enter = true;
                break;
            case "Enter":
                await TakeAsync(_lines.ElementAtOrDefault(_at));
                break;
        }
    }

    private async Task MoveAsync(int to)
    {
        if (_lines.Count > 0)
        {
            _at = (to + _lines.Count) % _lines.Count;
            await script.InvokeVoidAsync("clinicShell.inSight", LineId(_at));
        }
    }

    private async Task TakeAsync(PaletteLine? line)
    {
        if (line is null)
        {
            return;
        }

        await OnClose.InvokeAsync();
        line.Act?.Invoke();
        if (line.Address is { } address)
        {
            navigation.NavigateTo(address);
        }
    }
}
