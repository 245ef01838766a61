using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Allergies;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Safety;
using DrAssistant.Data.Prescribing.Sigs;

namespace DrAssistant.Bench;

/// <summary>
/// The check of a prescription as it is typed: twenty lines beside twenty medicines that are taken, five allergies. The floor looks each pair of products up
/// once and does nothing else. The goal is p95 below 50 ms.
/// </summary>
internal static class SafetyBench
{
    private const int Many = 20;

    private static readonly string[] AllergicTo = ["penicillin", "sulfonamide-antibiotic", "nsaid-nonselective", "macrolide", "fluoroquinolone"];

    public static async Task RunAsync()
    {
        var formulary = FormularySnapshot.FromFile();
        var (few, many) = (Question(formulary, 3, 5), Question(formulary, Many, Many));
        var typed = formulary.Medicines.Select(m => m.GenericName).Order(StringComparer.Ordinal).Where((_, i) => i % 40 == 0).ToList();
        var measured = new Interleaved(
            ("floor: each pair of 20 and 20 looked up once", () => Pairs(many)),
            ("a check, 3 lines beside 5 medicines", () => Check(few, formulary)),
            ("a check, 20 lines beside 20 medicines", () => Check(many, formulary)),
            ("a medicine found by a misspelt name", () => Find(formulary, typed)));
        await measured.RunAsync(rounds: 400, warmUp: 20);
        Report.Print(measured);
    }

    private static SafetyQuestion Question(FormularySnapshot formulary, int lines, int taken)
    {
        var dice = new Random(20261129);
        var oral = formulary.Medicines.Where(m => m.Routes.Contains("oral") && m.Forms.Contains("tablet") && m.Strengths.Count > 0).OrderBy(m => m.Id, StringComparer.Ordinal).ToArray();
        dice.Shuffle(oral);
        var sig = SigReader.Read("1 tab BD x 5 d", form: "tablet").Value!;
        var person = new SafetyPerson(new DateOnly(1990, 5, 1), Gender.Female) { WeightKg = 61, Egfr = 55, Pregnancy = PregnancyState.Pregnant };
        var allergies = AllergicTo.Select(c => new SafetyAllergy(c, c, AllergyType.Allergy, null, null));
        return new SafetyQuestion(
            person, new SafetyAllergies(AllergiesStatus.Known, [.. allergies]), new DateOnly(2026, 11, 29),
            [.. oral.Take(taken).Select((m, i) => new TakenMedicine($"t{i}", m.GenericName, m.Id) { Form = "tablet", Strength = m.Strengths[0], Sig = sig })],
            [.. oral.Skip(taken).Take(lines).Select((m, i) => new ProposedLine($"l{i}", m.GenericName, m.Id) { Form = "tablet", Strength = m.Strengths[0], Sig = sig })]);
    }

    private static Task Pairs(SafetyQuestion question)
    {
        var found = 0;
        foreach (var line in question.Lines)
        {
            foreach (var other in question.Active)
            {
                found += InteractionData.Starter.Between(line.MedicineId!, other.MedicineId!).Count;
            }
        }

        return found > 0 ? Task.CompletedTask : Task.FromException(new InvalidOperationException("Twenty and twenty have no pair among them."));
    }

    private static Task Check(SafetyQuestion question, FormularySnapshot formulary)
        => SafetyEngine.Check(question, formulary, InteractionData.Starter, default).Findings.Count > 0
            ? Task.CompletedTask
            : Task.FromException(new InvalidOperationException("The check found nothing where there is something."));

    private static Task Find(FormularySnapshot formulary, List<string> names)
    {
        var name = names[Random.Shared.Next(names.Count)];
        return formulary.Find(name.Length > 6 ? name.Remove(3, 1) : name, 10).Count < 11 ? Task.CompletedTask : Task.FromException(new InvalidOperationException("No answer."));
    }
}
