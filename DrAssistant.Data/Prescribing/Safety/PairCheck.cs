using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing.Formulary;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>Lets somebody try a list of pairs of medicines, without a database, a patient or an account: the starter lists of this build answer.</summary>
public static class PairCheck
{
    /// <summary>Reads a table of two names a row and writes what is found, a line a finding; a pair without one gets a line too.</summary>
    /// <returns>How many rows there were, or why nothing was written.</returns>
    public static async Task<Result<PairCheckReport>> RunAsync(string input, string output, CancellationToken cancellation)
    {
        var read = await PairFile.ReadAsync(input, cancellation);
        if (!read.Succeeded)
        {
            return read.Refusal;
        }

        var formulary = FormularySnapshot.FromFile();
        var answers = new List<PairAnswer>();
        foreach (var pair in read.Value)
        {
            cancellation.ThrowIfCancellationRequested();
            answers.Add(Answer(pair, formulary));
        }

        return await PairFile.WriteAsync(output, answers, cancellation) is { } refusal
            ? refusal
            : new PairCheckReport(answers.Count, answers.Count(a => a.IsRecognised), answers.Sum(a => a.Findings.Count));
    }

    private static PairAnswer Answer(NamedPair pair, FormularySnapshot formulary)
    {
        var (one, other) = (MedicineNamed.Of(pair.One, formulary), MedicineNamed.Of(pair.Other, formulary));
        if (one.Medicine is null || other.Medicine is null)
        {
            return new PairAnswer(pair, one, other, []);
        }

        var question = new SafetyQuestion(
            new SafetyPerson(null, null), new SafetyAllergies(AllergiesStatus.NoneKnown, []), InteractionData.Date, [],
            [new ProposedLine("1", pair.One, one.Medicine.Id), new ProposedLine("2", pair.Other, other.Medicine.Id)]);
        var found = SafetyEngine.Check(question, formulary, InteractionData.Starter, default).Findings.Where(f => f.Kind is SafetyKind.Interaction or SafetyKind.Duplicate);
        return new PairAnswer(pair, one, other, [.. found.SelectMany(f => f.Others.Prepend(f))]);
    }
}

/// <summary>What a list of pairs came to.</summary>
/// <param name="Recognised">Pairs of which both names were known; the others were not checked.</param>
public sealed record PairCheckReport(int Pairs, int Recognised, int Findings);

/// <summary>A row of the list.</summary>
internal sealed record NamedPair(int Row, string One, string Other);

/// <summary>A row with what was found.</summary>
internal sealed record PairAnswer(NamedPair Pair, MedicineNamed One, MedicineNamed Other, IReadOnlyList<SafetyFinding> Findings)
{
    public bool IsRecognised => One.Medicine is not null && Other.Medicine is not null;
}

/// <summary>What a name stands for: the one medicine that is called so, or none, and then what it might have meant.</summary>
internal sealed record MedicineNamed(Medicine? Medicine, string? Perhaps)
{
    private const int Guesses = 3;

    private static readonly HashSet<string> NotOfTheName = new(StringComparer.Ordinal)
    {
        "tab", "tabs", "tablet", "tablets", "cap", "caps", "capsule", "capsules", "syp", "syr", "syrup", "susp", "suspension", "inj", "injection", "cream", "gel", "drops", "mg", "mcg", "g", "ml",
    };

    /// <summary>Letter for letter; with form and strength around it too. Never by guessing: a pharmacist has to see what was understood.</summary>
    public static MedicineNamed Of(string name, FormularySnapshot formulary)
    {
        var called = formulary.Called(name);
        if (called.Count == 0)
        {
            var bare = MedicineName.WordsOf(name).Where(w => !NotOfTheName.Contains(w) && !(char.IsAsciiDigit(w[0]) && w.All(c => char.IsAsciiDigit(c) || c is 'm' or 'g' or 'c')));
            called = formulary.Called(string.Join(' ', bare));
        }

        return called.Count > 0
            ? new MedicineNamed(called[0].Medicine, null)
            : new MedicineNamed(null, string.Join(", ", formulary.Find(name, Guesses).Select(h => h.Name)) is { Length: > 0 } perhaps ? perhaps : null);
    }
}
