using DrAssistant.Bench.Drafting;

namespace DrAssistant.Portal.Tests.Drafting;

/// <summary>ROUGE, counted by hand.</summary>
public sealed class MeasuringADraft
{
    [Fact]
    public void gives_all_for_the_same_and_nothing_for_another()
    {
        Assert.Equal(1, Rouge.N("No fever, no cough.", "no FEVER no cough", 1));
        Assert.Equal(1, Rouge.N("No fever, no cough.", "no FEVER no cough", 2));
        Assert.Equal(1, Rouge.Lsum("no fever\nno cough", "no fever\nno cough"));
        Assert.Equal(0, Rouge.N("fever", "cough", 1));
        Assert.Equal(0, Rouge.Lsum("", "cough"));
    }

    [Fact]
    public void counts_a_word_as_often_as_both_have_it()
    {
        // 2 of 3 words and 2 of 4.
        Assert.Equal(4.0 / 7, Rouge.N("the the cat", "the cat sat down", 1), 10);

        // "the cat" is one of 2 pairs and one of 3.
        Assert.Equal(2.0 / 5, Rouge.N("the the cat", "the cat sat down", 2), 10);
    }

    [Fact]
    public void unites_the_common_subsequences_of_all_lines()
    {
        // Lin's own example: w1 w2 w3 w4 w5 against w1 w2 w6 w7 w8 and w1 w3 w8 w9 w5 covers w1 w2 w3 w5.
        Assert.Equal(2.0 * 4 / (5 + 10), Rouge.Lsum("w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5", "w1 w2 w3 w4 w5"), 10);
    }
}
