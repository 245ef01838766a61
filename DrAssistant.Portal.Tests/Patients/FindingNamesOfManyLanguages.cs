using DrAssistant.Data.Patients;

namespace DrAssistant.Portal.Tests.Patients;

/// <summary>
/// Pairs of Indian names that must find each other and pairs that must not, in two lists. The rates are those that were reached; a
/// change of the rules may not fall below them. docs/flows/finding-a-patient.md says what they were.
/// </summary>
public sealed class FindingNamesOfManyLanguages(ITestOutputHelper output)
{
    private static readonly List<Pair> Collected = Read("NameVariants.csv");
    private static readonly List<Pair> OurOwn = Read("NamesOfOurOwn.csv");

    [Fact]
    public void Of_the_collected_pairs_nearly_all_meet_and_nearly_none_that_must_not()
    {
        Assert.Equal((2_426, 661), (Collected.Count(pair => pair.Same), Collected.Count(pair => !pair.Same)));

        Assert.True(Recall(Collected) >= 0.985, $"Only {Recall(Collected):P2} of the pairs meet.");
        Assert.True(Precision(Collected) >= 0.999, $"Of those that meet, {Precision(Collected):P2} should.");
    }

    [Fact]
    public void Of_pairs_that_were_never_collected_all_meet_and_few_that_must_not()
    {
        Assert.True(OurOwn.Count(pair => pair.Same) >= 60 && OurOwn.Count(pair => !pair.Same) >= 40);
        Assert.Empty(OurOwn.Select(pair => pair.Names).Intersect(Collected.Select(pair => pair.Names)));

        Assert.Equal(1, Recall(OurOwn));
        Assert.True(Precision(OurOwn) >= 0.94, $"Of those that meet, {Precision(OurOwn):P2} should.");
    }

    private static List<Pair> Read(string name)
    {
        using var file = new StreamReader(typeof(FindingNamesOfManyLanguages).Assembly.GetManifestResourceStream(name)!);
        return [.. file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))
            .Select(columns => new Pair(columns[0] == "yes", columns[1], columns[2], NameTokens.MayBeSame(columns[1], columns[2])))];
    }

    private static double Recall(List<Pair> pairs) => pairs.Where(pair => pair.Same).Average(pair => pair.Met ? 1.0 : 0);

    private double Precision(List<Pair> pairs)
    {
        foreach (var wrong in pairs.Where(pair => pair.Same != pair.Met))
        {
            output.WriteLine($"{wrong.One} and {wrong.Other}: {(wrong.Met ? "met, and must not" : "did not meet")}");
        }

        return pairs.Where(pair => pair.Met).Average(pair => pair.Same ? 1.0 : 0);
    }

    private sealed record Pair(bool Same, string One, string Other, bool Met)
    {
        /// <summary>The two in no order.</summary>
        public string Names => string.CompareOrdinal(One, Other) < 0 ? $"{One}|{Other}" : $"{Other}|{One}";
    }
}
