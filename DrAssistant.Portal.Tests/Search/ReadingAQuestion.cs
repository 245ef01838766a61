using DrAssistant.Data.Search;

namespace DrAssistant.Portal.Tests.Search;

public sealed class ReadingAQuestion
{
    [Theory]
    [InlineData("Chest-pain, worse at night.", "chest pain worse at night")]
    [InlineData("BP 120/80", "bp 120 80")]
    [InlineData("naïve Émile", "naive emile")]
    [InlineData("सीने में दर्द", "सीने में दर्द")]
    [InlineData("", "")]
    public void text_is_taken_apart_into_words(string text, string words)
        => Assert.Equal(words, string.Join(' ', SearchText.WordsOf(text).Select(w => w.Word)));

    [Fact]
    public void a_word_knows_where_it_stands()
    {
        var word = SearchText.WordsOf("No chest pain").ElementAt(1);

        Assert.Equal(("chest", 3, 5), (word.Word, word.Start, word.Length));
    }

    [Fact]
    public void a_very_long_word_is_cut_in_the_same_place_on_both_sides()
        => Assert.Equal(SearchText.LongestWord, Assert.Single(SearchText.WordsOf(new string('x', 200))).Word.Length);

    [Theory]
    [InlineData("fever cough", "fever & cough")]
    [InlineData("\"chest pain\" fever", "[chest pain] & fever")]
    [InlineData("fever -malaria", "fever & !malaria")]
    [InlineData("fever OR cough -malaria", "fever | cough & !malaria")]
    [InlineData("x-ray", "x ray")]
    [InlineData("OR fever", "fever")]
    [InlineData("- fever", "fever")]
    [InlineData("\"", "")]
    [InlineData("-", "")]
    public void signs_say_what_is_wanted(string typed, string meant) => Assert.Equal(meant, string.Join(" & ", AskedWords.Of(typed).Demands.Select(Words)));

    [Theory]
    [InlineData("chest pai", true)]
    [InlineData("chest pain ", false)]
    [InlineData("\"chest pain", false)]
    public void only_the_last_word_may_go_on(string typed, bool begun) => Assert.Equal(begun, AskedWords.Of(typed).Demands[^1].Phrases[^1].IsBegun);

    [Fact]
    public void more_words_than_anybody_asks_for_are_left_out()
        => Assert.Equal(24, AskedWords.Of(string.Join(' ', Enumerable.Range(0, 500))).Demands.Count);

    [Fact]
    public void synonyms_lead_in_every_direction()
    {
        var synonyms = new MedicalSynonyms();

        Assert.Contains(synonyms.Of(["htn"])!, words => words is ["hypertension"]);
        Assert.Contains(synonyms.Of(["heart", "attack"])!, words => words is ["mi"]);
        Assert.Null(synonyms.Of(["heart"]));
    }

    [Fact]
    public void a_long_text_is_cut_around_what_was_met_and_the_mark_goes_with_it()
    {
        var text = string.Concat(Enumerable.Repeat("Nothing to see here. ", 20)) + "Then a migraine came. " + string.Concat(Enumerable.Repeat("And it went again. ", 20));

        var snippet = new SearchMarks([[new HashSet<string> { "migraine" }]]).Cut("History", text);

        var mark = Assert.Single(snippet.Marks);
        Assert.Equal("migraine", snippet.Text.Substring(mark.Start, mark.Length));
        Assert.InRange(snippet.Text.Length, 50, 210);
        Assert.StartsWith("… ", snippet.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void a_phrase_is_marked_whole_and_its_words_alone_are_not()
    {
        var marks = new SearchMarks([[new HashSet<string> { "chest" }, new HashSet<string> { "pain" }]]);

        Assert.Equal([(3, 10)], marks.In("No chest pain, no pain.").Select(m => (m.Start, m.Length)));
    }

    private static string Words(AskedDemand demand) => (demand.Not ? "!" : "")
        + string.Join(" | ", demand.Phrases.Select(phrase => phrase.IsQuoted ? $"[{string.Join(' ', phrase.Words)}]" : string.Join(' ', phrase.Words)));
}
