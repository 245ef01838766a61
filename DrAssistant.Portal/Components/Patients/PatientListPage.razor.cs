using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Staff.Preferences;
using DrAssistant.Portal.Components.Staff;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Patients;

/// <summary>Finds a patient while one types. What was typed never goes into the address: it is a name, and addresses are logged.</summary>
public partial class PatientListPage(IPatients patients, PatientQuestion question, MyPreferences preferences, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private ElementReference _field;
    private string _question = "";
    private string _asked = "";
    private IReadOnlyList<PatientHit>? _hits;
    private PatientHit? _compare;
    private bool _alsoInactive;
    private bool _beginsWithToday;
    private Refusal? _refusal;

    /// <summary>For screen readers, and as the head of the list.</summary>
    private string? Said => (_hits, _asked) switch
    {
        (null, _) => null,
        ({ Count: 0 }, _) => null,
        (var hits, "") => $"{(_beginsWithToday ? "Still to come today" : "Latest seen")}, {hits.Count}",
        ({ Count: 1 }, _) => "1 patient found",
        (var hits, _) => $"{hits.Count} patients found, best first",
    };

    private string Nobody => (_asked, _beginsWithToday) switch
    {
        ("", true) => "Nobody is still to come today. Type a name, an MRN or a phone number.",
        ("", false) => "Nobody has been seen lately. Type a name, an MRN or a phone number.",
        _ => $"Nothing found for “{_asked}”. Try another part of the name, the MRN, or the last digits of the phone.",
    };

    protected override async Task OnInitializedAsync()
    {
        question.Asked += TakeQuestion;
        _question = question.Take() ?? "";
        var mine = await preferences.GetAsync(CancellationToken.None);
        _beginsWithToday = mine.Value?.DefaultViews.PatientList == DefaultViews.Appointments;
        await FindAsync(TimeSpan.Zero);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _field.FocusAsync();
        }
    }

    protected override void Dispose(bool disposing)
    {
        question.Asked -= TakeQuestion;
        base.Dispose(disposing);
    }

    private void TakeQuestion(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        _question = question.Take() ?? _question;
        await FindAsync(TimeSpan.Zero);
        StateHasChanged();
    });

    private void Comparing(PatientHit? hit) => _compare = hit;

    private Task TypedAsync(string? typed)
    {
        _question = typed ?? "";
        return FindAsync(Pause);
    }

    private Task FindAsync(TimeSpan pause)
    {
        var asked = _question.Trim();
        return LoadAsync(
            async cancellation =>
            {
                await Task.Delay(pause, time, cancellation);
                return asked.Length == 0 && _beginsWithToday
                    ? await patients.ComingAsync(cancellation)
                    : await patients.FindAsync(asked, _alsoInactive, cancellation);
            },
            found =>
            {
                _refusal = found.Refusal;
                if (found.Succeeded)
                {
                    (_hits, _asked) = (found.Value, asked);
                }
            });
    }
}
