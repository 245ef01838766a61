using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>What somebody decides about fields of a draft: it is saved at once, and the fields say so whatever was typed in them.</summary>
internal sealed class NoteActs(NoteDesk desk, NoteScript script, Guid? me)
{
    /// <summary>One of the values that stand side by side counts; null keeps all of them, one after the other. One's own goes on as it was typed on.</summary>
    public async Task<Result<SavedNote>> SettleAsync(NoteConflict conflict, WrittenValue? choice)
    {
        ArgumentNullException.ThrowIfNull(conflict);
        var path = conflict.Field;
        var mine = await script.TextAsync(path);
        var texts = (choice is null ? conflict.Values : [choice]).Select(v => v.ById == me && mine is not null ? mine : SoapText.Text(v.Content, path));
        var between = SoapFields.Fixed.FirstOrDefault(f => f.Path == path)?.Kind is SoapKind.Line ? "; " : "\n";
        return await DecideAsync(path, string.Join(between, texts.Where(t => t.Length > 0).Distinct()), new NoteDecisions { Settled = [path] });
    }

    /// <summary>What was copied from an earlier note was looked at, and is so.</summary>
    public async Task<Result<SavedNote>> KeepAsync(string path)
        => await script.SaveNowAsync() ? await DecideAsync(null, null, new NoteDecisions { Kept = [path] }) : NotNow;

    public Task<Result<SavedNote>> RemoveAsync(string path) => DecideAsync(path, "", new NoteDecisions { Kept = [path] });

    /// <summary>What stands on the page goes first: a template fills only what is empty.</summary>
    public async Task<Result<SavedNote>> UseTemplateAsync(string templateId)
        => await script.SaveNowAsync() ? await DecideAsync(null, null, new NoteDecisions { TemplateId = templateId }) : NotNow;

    /// <summary>Only what is empty on the page is filled from an earlier note, so what stands there goes first.</summary>
    public async Task<Result<SavedNote>> CopyForwardAsync(Guid fromNoteId)
        => await script.SaveNowAsync() ? await ShowAsync(await desk.CopyForwardAsync(fromNoteId), null) : NotNow;

    /// <summary>Sentences of a draft go behind what stands in the fields, so that goes first.</summary>
    public async Task<Result<SavedNote>> TakeAsync(DraftTaking taking)
        => await script.SaveNowAsync() ? await ShowAsync(await desk.TakeAsync(taking), null) : NotNow;

    public async Task<Result<SavedNote>> PutBackAsync(DraftPuttingBack back)
        => await script.SaveNowAsync() ? await ShowAsync(await desk.PutBackAsync(back), null) : NotNow;

    private static Result<SavedNote> NotNow => Refusal.Unavailable("This waits until what you typed is saved. Try again in a moment.");

    private async Task<Result<SavedNote>> DecideAsync(string? path, string? text, NoteDecisions decided)
    {
        var typed = new TypedText(path is null || text is null ? [] : new() { [path] = text }, [], desk.Note.Version);
        return await ShowAsync(await desk.SaveAsync(typed, decided), path);
    }

    private async Task<Result<SavedNote>> ShowAsync(Result<SavedNote> saved, string? path)
    {
        if (saved.Succeeded)
        {
            var news = desk.News();
            if (path is not null)
            {
                news[path] = SoapText.Text(desk.Note.Content, path);
            }

            await script.ShowAsync(desk.Note.Version, desk.At, news, path is null ? [] : [path]);
        }

        return saved;
    }
}
