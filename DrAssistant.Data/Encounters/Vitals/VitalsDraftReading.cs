using DrAssistant.Data.Common;

namespace DrAssistant.Data.Encounters.Vitals;

/// <summary>What was typed, in the signs' own units.</summary>
internal static class VitalsDraftReading
{
    private const int ShortestAnswer = 3;

    public static Result<IReadOnlyList<CheckedEntry>> Entries(VitalsDraft draft)
    {
        var entries = new List<CheckedEntry>();
        foreach (var typed in draft.Entries.Where(e => e.Value is not null))
        {
            var read = Entry(typed.Sign, typed.Value!.Value, typed.Unit, typed.Answer);
            if (!read.Succeeded)
            {
                return read.Refusal;
            }

            if (entries.Exists(e => e.Sign.Sign == typed.Sign))
            {
                return Refusal.Invalid($"{read.Value.Sign.Name} stands here twice.", typed.Sign.ToString());
            }

            entries.Add(read.Value);
        }

        return entries.Count > 0 ? entries : Refusal.Invalid("Enter at least one value.", nameof(draft.Entries));
    }

    public static Result<CheckedEntry> Entry(VitalSign kind, decimal typed, string? unit, string? answer)
    {
        if (kind is VitalSign.Bmi || !Enum.IsDefined(kind))
        {
            return Refusal.Invalid("BMI is computed from weight and height.", kind.ToString());
        }

        var sign = SignCatalogue.Of(kind);
        var why = PlainText.Of(answer);
        if (why.Length is > 0 and < ShortestAnswer or > VitalEntryDraft.LongestAnswer)
        {
            return Refusal.Invalid($"Say why it is right, in {ShortestAnswer} to {VitalEntryDraft.LongestAnswer} characters.", kind.ToString());
        }

        // A figure that no scale shows would overflow on its way into another unit.
        return Math.Abs(typed) > 1_000_000 || sign.Own(Math.Round(typed, 4), unit ?? sign.Unit) is not { } value
            ? Refusal.Invalid($"{sign.Name} is measured in {string.Join(" or ", sign.Units.Select(u => u.Words))}.", kind.ToString())
            : new CheckedEntry(sign, Math.Round(value, sign.Decimals > 0 ? sign.Decimals : 1, MidpointRounding.AwayFromZero), why.Length > 0 ? why : null);
    }
}
