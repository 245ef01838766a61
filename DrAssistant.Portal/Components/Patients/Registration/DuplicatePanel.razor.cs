using DrAssistant.Data.Common;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Patients.Registration;

/// <summary>Who may be the person in the form, looked for when the fingers rest, and what the desk says to each.</summary>
public partial class DuplicatePanel(IRegistration registration, ICurrentUser user, ClinicClock clock, TimeProvider time, IJSRuntime script)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private PatientFormState? _followed;
    private DuplicateQuestion? _asked;
    private DuplicateAnswer _answer = DuplicateAnswer.Nobody;
    private string? _focus;

    [Parameter, EditorRequired]
    public PatientFormState Form { get; set; } = default!;

    /// <summary>The record being edited, which is not its own duplicate.</summary>
    [Parameter]
    public Guid? Self { get; set; }

    /// <summary>A new registration: each hit is answered, and the answers are kept.</summary>
    [Parameter]
    public bool CanTellApart { get; set; }

    [Parameter]
    public EventCallback<LikelyDuplicate> Use { get; set; }

    /// <summary>On how many other records the mobile number stands.</summary>
    [Parameter]
    public EventCallback<int> SameMobile { get; set; }

    /// <summary>Two records that are both very likely this person are likely one person's already.</summary>
    private (LikelyDuplicate First, LikelyDuplicate Second)? LooksLikeOne
        => user.Can(Permissions.RequestMerges) && _answer.Hits is [{ Likelihood: Likelihood.VeryLikely } first, { Likelihood: Likelihood.VeryLikely } second, ..]
            ? (first, second)
            : null;

    /// <summary>Shows what saving has found meanwhile.</summary>
    public void Show(IReadOnlyList<LikelyDuplicate> hits)
    {
        _answer = _answer with { Hits = [.. hits, .. _answer.Hits.Where(old => hits.All(h => h.Id != old.Id))] };
        StateHasChanged();
    }

    protected override Task OnParametersSetAsync()
    {
        if (ReferenceEquals(_followed, Form))
        {
            return Task.CompletedTask;
        }

        Follow(Form);
        (_asked, _answer) = (null, DuplicateAnswer.Nobody);
        return LookAsync(TimeSpan.Zero);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is { } id)
        {
            _focus = null;
            await script.InvokeVoidAsync("clinicDialog.focus", id);
        }
    }

    protected override void Dispose(bool disposing)
    {
        Follow(null);
        base.Dispose(disposing);
    }

    private static string UndoOf(LikelyDuplicate hit) => $"reg-undo-{hit.Id:N}";

    private static string UseOf(LikelyDuplicate hit) => $"reg-use-{hit.Id:N}";

    private static string Grade(Likelihood likelihood) => likelihood switch
    {
        Likelihood.VeryLikely => "very likely",
        Likelihood.Likely => "likely",
        _ => "possible",
    };

    private static string Colour(Likelihood likelihood) => likelihood is Likelihood.Possible ? "" : "warn";

    private static string Icon(Match match) => match switch
    {
        Match.Same => "check",
        Match.Alike => "hearing",
        _ => "close",
    };

    private static string Seen(LikelyDuplicate hit) => (hit.LastHere, hit.RegisteredOn) switch
    {
        ({ } last, _) => $" · last here {ClinicFormat.Date(last)}",
        (_, { } registered) => $" · registered {ClinicFormat.Date(registered)}",
        _ => "",
    };

    private void Follow(PatientFormState? form)
    {
        if (_followed is not null)
        {
            _followed.IdentityChanged -= Look;
            _followed.Changed -= Redraw;
        }

        _followed = form;
        if (form is not null)
        {
            form.IdentityChanged += Look;
            form.Changed += Redraw;
        }
    }

    private void Redraw(object? sender, EventArgs e) => _ = InvokeAsync(StateHasChanged);

    private void Look(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        await LookAsync(Pause);
        StateHasChanged();
    });

    private Task LookAsync(TimeSpan pause)
    {
        var question = DuplicateQuestion.Of(Form.Draft, clock.Today, Self);
        if (question == _asked || IsEmpty(question))
        {
            return Task.CompletedTask;
        }

        return LoadAsync(
            async cancellation =>
            {
                await Task.Delay(pause, time, cancellation);
                return await registration.DuplicatesAsync(question, cancellation);
            },
            found =>
            {
                if (found.Succeeded)
                {
                    (_asked, _answer) = (question, found.Value);
                    _ = SameMobile.InvokeAsync(found.Value.SameMobile);
                }
            });
    }

    /// <summary>One or two letters of a name are nobody's yet.</summary>
    private static bool IsEmpty(DuplicateQuestion question)
        => (question.FullName ?? "").Length < 3 && question.Mobile is null && question.AbhaNumber is null;

    private void Answer(LikelyDuplicate hit, bool apart)
    {
        if (apart)
        {
            Form.Draft.ToldApart.Add(hit.Id);
        }
        else
        {
            Form.Draft.ToldApart.Remove(hit.Id);
        }

        // The button that was pressed is gone: on to what is asked next.
        _focus = !apart ? UseOf(hit) : hit.Likelihood is Likelihood.VeryLikely ? "reg-why" : UndoOf(hit);
        Form.Touched(PatientField.ToldApart);
    }

    private void Why(string? text)
    {
        Form.Draft.ToldApartReason = text;
        Form.Touched(PatientField.ToldApart);
    }
}
