using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Diagnoses;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>What the browser tells and asks while somebody types (js/note-fields.js).</summary>
public partial class NoteEditor
{
    private const int MostHits = 8;

    /// <summary>Saves what the browser says was typed. An answer with a problem is asked again by it.</summary>
    [JSInvokable]
    public async Task<NoteAnswer> SaveTyped(TypedText typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        if (!typed.Texts.Keys.Concat(typed.Bases.Keys).All(SoapText.Knows))
        {
            return _desk.Answer() with { Problem = "This page and the server do not fit. Reload the page." };
        }

        var saved = await _desk.SaveAsync(typed);
        aids.Write(typed.Field);
        _refusal = saved.Refusal is { Kind: not RefusalKind.Unavailable } refusal ? refusal : null;
        if (saved.Succeeded)
        {
            await SavedAsync(saved.Value);
        }

        StateHasChanged();
        return saved.Succeeded ? _desk.Answer() : _desk.Answer() with { Problem = saved.Refusal.Message };
    }

    /// <summary>The key of an earlier session of the same person, as base64; null when there is none any more.</summary>
    [JSInvokable]
    public Task<string?> FindKey(Guid keyId) => aids.FindKeyAsync(keyId);

    /// <summary>What the browser had kept is in these fields again.</summary>
    [JSInvokable]
    public void Restored(IReadOnlyList<string> paths, DateTimeOffset at)
    {
        _restored = new RestoredText(_desk.Second(at), [.. paths.Where(SoapText.Knows).Select(path => (path, SoapLayout.LabelOf(path)))]);
        StateHasChanged();
    }

    /// <summary>ICD-10 codes for what was typed. An answer that fails is none: the words are a diagnosis without a code.</summary>
    [JSInvokable]
    public async Task<IReadOnlyList<FoundDiagnosis>> FindDiagnoses(string question)
    {
        var hits = await codes.FindAsync(question, CancellationToken.None);
        return [.. (hits.Value ?? []).Take(MostHits).Select(hit => new FoundDiagnosis(hit.Title, hit.Code, DiagnosisHit.CodeSystem, Beside(hit)))];
    }

    /// <summary>It was chosen: the next time it comes earlier.</summary>
    [JSInvokable]
    public Task UsedDiagnosis(string code) => codes.UsedAsync(code, CancellationToken.None);

    private static string? Beside(DiagnosisHit hit)
        => hit.Uses > 0 ? $"you used it {(hit.Uses == 1 ? "once" : $"{hit.Uses} times")}" : hit.FoundAs;

    private sealed record RestoredText(string At, IReadOnlyList<(string Path, string Label)> Fields);
}

/// <summary>A diagnosis to choose, with a word about why it is offered.</summary>
public sealed record FoundDiagnosis(string Name, string Code, string System, string? Aside);
