using DrAssistant.Data.Common;

namespace DrAssistant.Data.Prescribing.Drafting;

/// <summary>What a prescription says beside its medicines.</summary>
internal static class ParticularsWriter
{
    private const int MostDaysValid = 366;

    public static Refusal? Revise(DraftAtWork draft, PrescriptionParticulars particulars)
    {
        var prescription = draft.Prescription;
        var advice = Lines(particulars.Advice);
        if (advice?.Length > PrescriptionParticulars.LongestAdvice)
        {
            return Refusal.Invalid($"The advice has at most {PrescriptionParticulars.LongestAdvice} characters.", nameof(particulars.Advice));
        }

        if (particulars.ValidUntil is { } until && (until < draft.Today || until > draft.Today.AddDays(MostDaysValid)))
        {
            return Refusal.Invalid("A prescription holds from today to at most a year from now.", nameof(particulars.ValidUntil));
        }

        Note(draft, "advice", prescription.Notes, advice);
        Note(draft, "valid_until", prescription.ValidUntil is { } before ? ClinicFormat.Date(before) : null, particulars.ValidUntil is { } after ? ClinicFormat.Date(after) : null);
        Note(draft, "pharmacy", prescription.PharmacyId?.ToString(), particulars.PharmacyId?.ToString());
        (prescription.Notes, prescription.ValidUntil, prescription.PharmacyId) = (advice, particulars.ValidUntil, particulars.PharmacyId);
        return null;
    }

    private static void Note(DraftAtWork draft, string field, string? before, string? after)
    {
        if (before != after)
        {
            draft.Note(field, before, after);
        }
    }

    /// <summary>Advice may have several lines; each is plain.</summary>
    private static string? Lines(string? typed)
    {
        var lines = (typed ?? "").ReplaceLineEndings("\n").Split('\n').Select(line => PlainText.Of(line));
        var text = string.Join('\n', lines).Trim();
        return text.Length == 0 ? null : text;
    }
}
