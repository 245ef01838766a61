using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace DrAssistant.Portal.Components.Patients;

/// <summary>
/// The patient's field of every form at the desk. What is typed stays in the form that has the field; an older answer never replaces a newer.
/// </summary>
public partial class PatientPicker(IPatients patients, ICurrentUser user, TimeProvider time)
{
    private const int Enough = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private ElementReference _field;
    private IReadOnlyList<PatientHit> _hits = [];
    private HashSet<Guid> _alike = [];
    private Refusal? _refusal;
    private string _asked = "";
    private bool _answered;
    private bool _focus;
    private bool _enter;
    private int _at;

    /// <summary>The field's id; unique on the page.</summary>
    [Parameter]
    public string Id { get; set; } = "patient";

    [Parameter]
    public string Label { get; set; } = "Patient";

    [Parameter]
    public PatientHit? Chosen { get; set; }

    [Parameter]
    public EventCallback<PatientHit?> ChosenChanged { get; set; }

    /// <summary>Who is to be chosen from the beginning, where only the id is known yet.</summary>
    [Parameter]
    public Guid? Wanted { get; set; }

    [Parameter]
    public string Text { get; set; } = "";

    [Parameter]
    public EventCallback<string> TextChanged { get; set; }

    /// <summary>Somebody new: what was typed goes along. Without it nobody can be registered from here.</summary>
    [Parameter]
    public EventCallback<string> OnRegister { get; set; }

    /// <summary>Somebody goes away to look at two records: what is typed has to be there when they come back.</summary>
    [Parameter]
    public EventCallback OnLeave { get; set; }

    /// <summary>What is wrong with the choice, beside the field.</summary>
    [Parameter]
    public string? Error { get; set; }

    private bool IsOpen => _answered && Chosen is null && Text.Trim().Length >= Enough;

    private bool CanRegister => OnRegister.HasDelegate && user.Can(Permissions.WritePatients);

    private int Options => _hits.Count + (CanRegister ? 1 : 0);

    /// <summary>The two that may be one person, side by side.</summary>
    private string? Comparison => user.Can(Permissions.RequestMerges) && _hits.Where(h => _alike.Contains(h.Id)).Take(2).ToList() is [var one, var other]
        ? $"/patients/merge/{one.Id}/{other.Id}"
        : null;

    private string? Active => IsOpen && Options > 0 ? OptionId(_at) : null;

    private string? Said => !IsOpen ? null : _hits.Count switch
    {
        0 => "Nobody found",
        1 => "1 patient found",
        var count => $"{count} patients found",
    };

    public ValueTask FocusAsync() => Chosen is null ? _field.FocusAsync() : ValueTask.CompletedTask;

    // Typed before, and kept by the form: who comes back sees the hits again.
    protected override Task OnInitializedAsync()
        => Chosen is not null ? Task.CompletedTask
            : Wanted is { } id ? TakeAsync(id)
            : Text.Trim().Length >= Enough ? FindAsync(TimeSpan.Zero) : Task.CompletedTask;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus && Chosen is null)
        {
            _focus = false;
            await _field.FocusAsync();
        }
    }

    private static string Who(PatientHit hit)
        => $"{hit.Age.Short} · {Words.Of(hit.Gender)} · {hit.Mrn ?? "no MRN"}";

    private string OptionId(int at) => FormattableString.Invariant($"{Id}-hit-{at}");

    private async Task TypedAsync(string? typed)
    {
        (Text, _enter) = (typed ?? "", false);
        await TextChanged.InvokeAsync(Text);
        await FindAsync(Pause);
        if (_enter && _asked == Text.Trim() && _hits is [var only])
        {
            await ChooseAsync(only);
        }
    }

    private async Task TakeAsync(Guid id)
    {
        PatientHit? found = null;
        await LoadAsync(cancellation => patients.WhoAsync(id, cancellation), who => (found, _refusal) = (who.Value, who.Refusal));
        if (found is not null)
        {
            await ChooseAsync(found);
        }
    }

    private Task FindAsync(TimeSpan pause)
    {
        var asked = Text.Trim();
        return LoadAsync(
            async cancellation =>
            {
                if (asked.Length < Enough)
                {
                    return new List<PatientHit>();
                }

                await Task.Delay(pause, time, cancellation);
                return await patients.FindAsync(asked, cancellation);
            },
            (Result<IReadOnlyList<PatientHit>> found) => Show(found, asked));
    }

    private void Show(Result<IReadOnlyList<PatientHit>> found, string asked)
    {
        _refusal = found.Refusal;
        (_answered, _asked, _at) = (found.Succeeded && asked.Length >= Enough, asked, 0);
        _hits = found.Value ?? [];
        _alike = [.. _hits.Where(h => _hits.Any(o => NameSounds.MayBeOne(h, o))).Select(h => h.Id)];
    }

    private Task KeyAsync(KeyboardEventArgs key)
    {
        if (!IsOpen)
        {
            return Task.CompletedTask;
        }

        switch (key)
        {
            case { AltKey: true, Code: "KeyN" } when CanRegister:
                return RegisterAsync();
            case { Key: "ArrowDown" } when Options > 0:
                _at = (_at + 1) % Options;
                break;
            case { Key: "ArrowUp" } when Options > 0:
                _at = (_at + Options - 1) % Options;
                break;
            case { Key: "Enter", CtrlKey: false } when _asked != Text.Trim():
                // The list still answers fewer letters: whom the key means is known when the answer to all of them has come.
                _enter = true;
                break;
            case { Key: "Enter", CtrlKey: false } when _at < _hits.Count:
                return ChooseAsync(_hits[_at]);
            case { Key: "Enter", CtrlKey: false } when CanRegister:
                return RegisterAsync();
            case { Key: "Escape" }:
                _answered = false;
                break;
        }

        return Task.CompletedTask;
    }

    private async Task ChooseAsync(PatientHit hit)
    {
        (_answered, _enter, _hits, Chosen) = (false, false, [], hit);
        await ChosenChanged.InvokeAsync(hit);
    }

    private async Task ChangeAsync()
    {
        (Chosen, Text, _focus) = (null, "", true);
        await ChosenChanged.InvokeAsync(null);
    }

    private Task RegisterAsync() => OnRegister.InvokeAsync(_asked);
}
