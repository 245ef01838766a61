using DrAssistant.Data.Prescribing.Sigs;

namespace DrAssistant.Portal.Tests.Prescribing.Sigs;

/// <summary>What was understood, in plain words and as a quantity.</summary>
public sealed class SayingASig
{
    private static readonly DateOnly Start = new(2026, 11, 5);

    [Theory]
    [InlineData("tablet", "1 tab BD x 5 d PC", "en", "1 tablet twice a day, for 5 days, after food", false)]
    [InlineData("tablet", "1/2 tab alternate day", "en", "½ tablet every other day", false)]
    [InlineData("tablet", "2-0-1 x 1 wk", "en", "tablets: 2 morning, 0 afternoon, 1 night, for 1 week", false)]
    [InlineData("syrup", "5 ml 1-0-1", "en", "5 mL twice a day", false)]
    [InlineData("tablet", "40 mg x 5d, 20 mg x 5d", "en", "40 mg once a day, for 5 days, then 20 mg once a day, for 5 days", false)]
    [InlineData("tablet", "1 tab SOS max 3/day", "en", "1 tablet, only when needed, at most 3 times a day", false)]
    [InlineData("eye drops", "2 drops QID both eyes", "en", "2 drops four times a day, in both eyes", false)]
    [InlineData("tablet", "0.5 mg HS", "en", "0.5 mg at bedtime", false)]
    [InlineData("tablet", "1 tab BD x 5 d PC", "hi", "1 गोली, दिन में दो बार, 5 दिन तक, खाने के बाद", false)]
    [InlineData("tablet", "1 tab BD", "ta", "1 மாத்திரை, ஒரு நாளைக்கு இரண்டு முறை", true)]
    [InlineData("tablet", "1 tab BD", "xx", "1 tablet twice a day", false)]
    public void in_words(string form, string typed, string language, string words, bool needsReview)
    {
        var said = SigText.In(language, SigReader.Read(typed, form: form).Value!);

        Assert.Equal((words, needsReview), (said.Text.Replace('\u00A0', ' '), said.NeedsReview));
    }

    [Theory]
    [InlineData("tablet", null, "1 tab BD x 5 d", "10 tablets", "2026-11-09")]
    [InlineData("tablet", null, "2-0-1 x 5 d", "15 tablets", "2026-11-09")]
    [InlineData("tablet", null, "1/2 tab OD x 5 d", "3 tablets", "2026-11-09")]
    [InlineData("tablet", null, "1/2 tab alternate day x 10 d", "3 tablets", "2026-11-14")]
    [InlineData("tablet", null, "1 tab weekly x 8 wk", "8 tablets", "2026-12-30")]
    [InlineData("tablet", null, "1 tab twice a week x 2 wk", "4 tablets", "2026-11-18")]
    [InlineData("tablet", null, "1 tab three times a week x 2 wk", "6 tablets", "2026-11-18")]
    [InlineData("tablet", null, "1 tab OD x 1 month", "30 tablets", "2026-12-04")]
    [InlineData("tablet", "250 mg", "500 mg TDS x 5 d", "30 tablets", "2026-11-09")]
    [InlineData("tablet", "10 mg", "40 mg x 5d, 30 mg x 5d, 20 mg x 5d", "45 tablets", "2026-11-19")]
    [InlineData("syrup", null, "5 ml TDS x 5 d", "75 mL", "2026-11-09")]
    [InlineData("suspension", "250 mg in 5 mL", "500 mg BD x 5 d", "100 mL", "2026-11-09")]
    [InlineData("inhaler", null, "2 puffs BD x 30 d", "120 puffs", "2026-12-04")]
    [InlineData("tablet", null, "1 tab stat", "1 tablet", "2026-11-05")]
    [InlineData("tablet", null, "1 tab SOS max 3/day x 5 d", "15 tablets", "2026-11-09")]
    [InlineData("tablet", null, "1 tab SOS", null, null)]
    [InlineData("tablet", null, "1 tab OD", null, null)]
    [InlineData("tablet", null, "500 mg BD x 5 d", null, "2026-11-09")]
    [InlineData("tablet", "500 mg + 125 mg", "500 mg BD x 5 d", null, "2026-11-09")]
    [InlineData("cream", "1%", "apply BD x 5 d", null, "2026-11-09")]
    [InlineData("tablet", null, "1 tab OD continue", null, null)]
    public void as_a_quantity_with_its_last_day(string form, string? strength, string typed, string? words, string? lastDay)
    {
        var amount = SigAmounts.Of(SigReader.Read(typed, form: form).Value!, Start, form, strength);

        Assert.Equal((words, lastDay), (amount.Words?.Replace('\u00A0', ' '), amount.LastDay?.ToString("yyyy-MM-dd")));
        Assert.Equal(words is null, amount.WhyNot is not null);
    }

    [Fact]
    public void in_bottles_and_inhalers_where_it_is_known_what_they_hold()
    {
        Assert.Equal("75 mL (2 bottles of 60 mL)", Of("syrup", "5 ml TDS x 5 d", 60));
        Assert.Equal("120 puffs (1 inhaler of 200 puffs)", Of("inhaler", "2 puffs BD x 30 d", 200));

        static string? Of(string form, string typed, decimal pack)
            => SigAmounts.Of(SigReader.Read(typed, form: form).Value!, Start, form, pack: pack).Words?.Replace('\u00A0', ' ');
    }

    [Fact]
    public void has_every_phrase_in_every_language_and_each_synonym_once()
    {
        var phrases = SigPhrases.Starter.All.ToList();
        var english = phrases.Where(p => p.Language == "en").ToList();

        Assert.Equal(8, SigPhrases.Starter.Languages.Count);
        Assert.All(SigPhrases.Starter.Languages, language => Assert.Equal(english.Count, phrases.Count(p => p.Language == language)));
        Assert.All(phrases, p => Assert.Equal(p.Language is not ("en" or "hi"), p.NeedsReview));
        var twice = english.SelectMany(p => p.Synonyms.Append(p.Code).Select(s => (s, p.Code))).GroupBy(s => s.s.ToLowerInvariant()).Where(g => g.Select(x => x.Code).Distinct().Count() > 1);
        Assert.Empty(twice.Select(g => g.Key));
    }
}
