using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Prescribing.Sigs;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>A medicine as it is printed, from the line that pages show.</summary>
internal static class SheetLines
{
    private const int Times = 3;

    public static SheetLine Of(MedicineLineView line, PrescriptionItem item, string? language)
    {
        string[]? grid = line.Grid?.Split('-') is { Length: Times } times ? times : null;
        return new SheetLine(
            PrintText.Capitals(line.Name),
            Optional(string.Join(' ', new[] { line.Strength, line.Form }.Select(PrintText.Of).Where(part => part.Length > 0))),
            Optional(line.Brand),
            Optional(line.Words))
        {
            Grid = grid,
            Often = grid is null ? Optional(item.Frequency) : null,
            Duration = Optional(item.Duration),
            Total = Optional(line.Quantity),
            Instructions = Instructions(line),
            InTheirLanguage = Translated(item, language),
        };
    }

    /// <summary>What was typed beside the dose, and how often the medicine may be had again.</summary>
    private static string? Instructions(MedicineLineView line)
    {
        var said = Optional(line.Instructions);
        var again = line.Refills switch
        {
            <= 0 => null,
            1 => "May be dispensed once more",
            var times => $"May be dispensed {times} times more",
        };
        return said is null ? again : again is null ? said : $"{said.TrimEnd('.')}. {again}";
    }

    /// <summary>Only where every phrase was reviewed by somebody who speaks the language; a guess is worse than English.</summary>
    private static string? Translated(PrescriptionItem item, string? language)
    {
        var tag = language?.Split('-')[0].ToLowerInvariant();
        return tag is null or SigPhrases.English || !SigPhrases.Starter.Languages.Contains(tag) || LineDirections.SigOf(item) is not { } sig
            || SigText.In(tag, sig) is not { NeedsReview: false } said ? null : PrintText.Of(said.Text);
    }

    private static string? Optional(string? text) => PrintText.Of(text) is { Length: > 0 } plain ? plain : null;
}
