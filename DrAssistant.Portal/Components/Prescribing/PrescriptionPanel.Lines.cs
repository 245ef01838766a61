using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Favourites;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Prescribing;

/// <summary>What is done to the medicines of the draft.</summary>
public partial class PrescriptionPanel
{
    private async Task<Refusal?> TakeAsync(MedicineOption option)
    {
        var added = await ActAsync(act => option.FavouriteId is { } favourite ? favourites.AddAsync(act, favourite, CancellationToken.None) : prescriptions.AddLineAsync(act, option.Line, CancellationToken.None), again: true);
        if (added.Value?.Lines is [.., var last] && (last.Missing.Count > 0 || IsToBeChosen(last, option)))
        {
            _editing = last.Id;
            StateHasChanged();
        }

        return added.Refusal;
    }

    /// <summary>A medicine of several forms or strengths of which none was typed.</summary>
    private static bool IsToBeChosen(MedicineLineView line, MedicineOption option) => !option.IsAtHand && line.MedicineId is not null && (line.Form is null || line.Strength is null);

    private async Task<Refusal?> SaveLineAsync(MedicineLineDraft line) => (await ActAsync(act => prescriptions.ChangeLineAsync(act, line, CancellationToken.None))).Refusal;

    private async Task EditAsync(Guid? line)
    {
        (_editing, _signs) = (line, false);
        if (line is null && _search is not null)
        {
            await _search.FocusAsync();
        }
    }

    private Task RemoveByIdAsync(Guid lineId) => Draft?.Lines.FirstOrDefault(l => l.Id == lineId) is { } line ? RemoveAsync(line) : Task.CompletedTask;

    private async Task RemoveAsync(MedicineLineView line)
    {
        var removed = await ActAsync(act => prescriptions.RemoveLineAsync(act, line.Id, CancellationToken.None), again: true);
        _refusal = removed.Refusal;
        _undo = removed.Succeeded ? new Removed(Directions.Draft(line, anew: true), line.Position, $"{line.Name} taken off") : _undo;
    }

    private async Task PutBackAsync()
    {
        if (_undo is { } undo)
        {
            _undo = null;
            var added = await ActAsync(act => prescriptions.AddLineAsync(act, undo.Draft, CancellationToken.None), again: true);
            var moved = added.Succeeded ? await ActAsync(act => prescriptions.MoveLineAsync(act, undo.Draft.Id, undo.Position, CancellationToken.None), again: true) : added;
            _refusal = moved.Refusal;
        }
    }

    private async Task MoveAsync((MedicineLineView Line, int By) move)
        => _refusal = (await ActAsync(act => prescriptions.MoveLineAsync(act, move.Line.Id, move.Line.Position + move.By, CancellationToken.None))).Refusal;

    private async Task AdviseAsync(ChangeEventArgs typed)
        => _refusal = (await ActAsync(act => prescriptions.ReviseAsync(act, new PrescriptionParticulars(typed.Value as string, Draft?.ValidUntil, Draft?.Pharmacy?.Id), CancellationToken.None))).Refusal;

    private Task KeepAsync(MedicineLineView line) => SaveAsync(async () =>
    {
        var kept = await favourites.KeepAsync(Draft!.Id, line.Id, CancellationToken.None);
        _refusal = kept.Refusal;
        if (kept.Succeeded)
        {
            _favourites = (await favourites.ListAsync(CancellationToken.None)).Value ?? _favourites;
        }
    });

    private async Task KeptAsync(MedicineSet kept) => _sets = (await favourites.SetsAsync(CancellationToken.None)).Value ?? [.. _sets, kept];

    private async Task RepeatAsync(Guid from) => _refusal = (await ActAsync(act => prescriptions.RepeatAsync(act, from, CancellationToken.None), again: true)).Refusal;

    // The list says again what it is for; the same one can be taken twice.
    private async Task ChooseAsync(ChangeEventArgs chosen)
    {
        _turn++;
        if (Guid.TryParse(chosen.Value as string, out var id))
        {
            var added = _sets.Any(s => s.Id == id)
                ? await ActAsync(act => favourites.AddSetAsync(act, id, CancellationToken.None), again: true)
                : await ActAsync(act => prescriptions.RepeatAsync(act, id, CancellationToken.None), again: true);
            _refusal = added.Refusal;
        }
    }

    private async Task<Result<PrescriptionView>> ActAsync(Func<PrescriptionAct, Task<Result<PrescriptionView>>> act, bool again = false)
    {
        var done = await TryAsync(() => _desk.ActAsync(new PrescriptionStart(Visit.EncounterId, Visit.PatientId), act, again));
        if (done.Succeeded)
        {
            _refusal = null;
            await TellAsync();
        }

        // Asked by a part of the panel, which draws itself alone.
        StateHasChanged();
        return done;
    }

    private sealed record Removed(MedicineLineDraft Draft, int Position, string Words);
}
