using DrAssistant.Data.Notes;

namespace DrAssistant.Portal.Tests.Notes;

/// <summary>What changed between two texts, word by word.</summary>
public sealed class ComparingTwoTexts
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("", "Cough", "+Cough")]
    [InlineData("Cough", "", "-Cough")]
    [InlineData("Cough for 3 days", "Dry cough for 3 days", "-Cough|+Dry cough| for 3 days")]
    [InlineData("one two three", "one three", "one |-two |three")]
    [InlineData("a\nb", "a b", "a|-\n|+ |b")]
    public void names_what_went_and_what_came(string older, string newer, string expected)
        => Assert.Equal(expected, string.Join('|', WordDifference.Between(older, newer).Select(run => run.Change switch
        {
            WordChange.Added => $"+{run.Text}",
            WordChange.Removed => $"-{run.Text}",
            _ => run.Text,
        })));

    [Fact]
    public void loses_no_word_of_long_texts()
    {
        var older = string.Join(' ', Enumerable.Range(0, 3_000).Select(i => $"w{i}"));
        var newer = string.Join(' ', Enumerable.Range(0, 3_000).Select(i => $"w{i * 2}"));

        var runs = WordDifference.Between(older, newer);

        Assert.Equal(older, string.Concat(runs.Where(run => run.Change is not WordChange.Added).Select(run => run.Text)));
        Assert.Equal(newer, string.Concat(runs.Where(run => run.Change is not WordChange.Removed).Select(run => run.Text)));
    }
}
