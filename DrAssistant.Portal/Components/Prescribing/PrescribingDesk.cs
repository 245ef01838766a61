using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing;

namespace DrAssistant.Portal.Components.Prescribing;

/// <summary>
/// One page's hold on the draft of a visit: begins it with the first medicine, does one act after the other, and knows the version that each is made upon.
/// </summary>
internal sealed class PrescribingDesk(IPrescriptions prescriptions)
{
    private Task _last = Task.CompletedTask;

    /// <summary>Null until there is one.</summary>
    public PrescriptionView? Draft { get; private set; }

    /// <summary>A newer reading of it, or none.</summary>
    public void Lay(PrescriptionView? draft)
    {
        if (draft is null || Draft is null || draft.Id != Draft.Id || draft.Version >= Draft.Version)
        {
            Draft = draft;
        }
    }

    /// <summary>Does something to the draft, as it is known here.</summary>
    /// <param name="visit">Where it is begun, if there is none.</param>
    /// <param name="act">What is done to it.</param>
    /// <param name="again">It can be done to a draft that another window changed meanwhile: it takes nothing away.</param>
    public Task<Result<PrescriptionView>> ActAsync(PrescriptionStart visit, Func<PrescriptionAct, Task<Result<PrescriptionView>>> act, bool again = false)
    {
        var done = AfterAsync(_last, visit, act, again);
        _last = done;
        return done;
    }

    private async Task<Result<PrescriptionView>> AfterAsync(Task before, PrescriptionStart visit, Func<PrescriptionAct, Task<Result<PrescriptionView>>> act, bool again)
    {
        // Whoever asked for the one before was told what came of it.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (Draft is null)
        {
            var begun = await prescriptions.BeginAsync(visit, CancellationToken.None);
            if (!begun.Succeeded)
            {
                return begun;
            }

            Draft = begun.Value;
        }

        var done = await act(On(Draft));
        if (done.Refusal is PrescriptionOvertaken overtaken)
        {
            Draft = overtaken.Current;
            done = again ? await act(On(Draft)) : done;
        }

        Draft = done.Value ?? Draft;
        return done;
    }

    private static PrescriptionAct On(PrescriptionView draft) => new(draft.Id, draft.PatientId, draft.Version);
}
