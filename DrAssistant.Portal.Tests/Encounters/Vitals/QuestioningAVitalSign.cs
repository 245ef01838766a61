using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Patients;

namespace DrAssistant.Portal.Tests.Encounters.Vitals;

/// <summary>What cannot be is refused; what may be a slip of the keys has to be answered for.</summary>
public sealed class QuestioningAVitalSign
{
    private static readonly DateOnly Today = new(2026, 11, 5);
    private static readonly DateOnly Adult = new(1980, 2, 1);

    [Theory]
    [InlineData(60, 72, false)] // exactly a fifth
    [InlineData(60, 72.1, true)]
    [InlineData(60, 48, false)]
    [InlineData(60, 47.9, true)]
    public void asks_a_grown_person_whose_weight_is_more_than_a_fifth_away(double before, double now, bool asked)
        => Assert.Equal(asked, Asked(VitalSign.Weight, (decimal)now, Adult, (decimal)before, daysAgo: 800));

    [Theory]
    [InlineData("2026-09-06", 30, 3.3, 4.5, false)] // the first weeks: a third in a month is growth
    [InlineData("2026-09-06", 30, 5, 11, true)] // pounds taken for kilograms
    [InlineData("2024-11-05", 365, 10, 12.4, false)]
    [InlineData("2024-11-05", 20, 10, 12.4, true)]
    [InlineData("2016-11-05", 365, 30, 35.9, false)]
    [InlineData("2016-11-05", 60, 30, 36.5, true)]
    [InlineData("2016-11-05", 365, 30, 66, true)]
    [InlineData("2024-11-05", 365, 12, 9, true)] // no child loses a fifth by growing
    public void lets_a_child_grow_and_asks_about_what_growing_does_not_explain(string born, int daysAgo, double before, double now, bool asked)
        => Assert.Equal(asked, Asked(VitalSign.Weight, (decimal)now, DateOnly.Parse(born, null), (decimal)before, daysAgo));

    [Theory]
    [InlineData("1980-02-01", 160, 165, false)]
    [InlineData("1980-02-01", 160, 166, true)]
    [InlineData("1980-02-01", 160, 154, true)]
    [InlineData("2019-11-05", 110, 120, false)] // grown in a year
    [InlineData("2019-11-05", 110, 107, true)] // nobody shrinks at seven
    public void asks_about_a_height_that_does_not_go_with_the_last_one(string born, double before, double now, bool asked)
        => Assert.Equal(asked, Asked(VitalSign.Height, (decimal)now, DateOnly.Parse(born, null), (decimal)before, daysAgo: 365));

    [Fact]
    public void does_not_ask_again_about_what_was_answered_for()
    {
        var entry = new CheckedEntry(SignCatalogue.Of(VitalSign.Weight), 80, "Weighed twice");
        Assert.Empty(VitalChecks.Of([entry], Before(VitalSign.Weight, 60, 10), Person(Adult), Today));
    }

    [Theory]
    [InlineData(VitalSign.Temperature, 98.6)] // Fahrenheit without saying so
    [InlineData(VitalSign.OxygenSaturation, 101)]
    [InlineData(VitalSign.HeartRate, 720)]
    [InlineData(VitalSign.Weight, 700)]
    [InlineData(VitalSign.Pain, 11)]
    public void refuses_what_cannot_be_even_with_an_answer(VitalSign sign, double value)
    {
        var entry = new CheckedEntry(SignCatalogue.Of(sign), (decimal)value, "It really is");
        var question = Assert.Single(VitalChecks.Of([entry], new Dictionary<VitalSign, EarlierValue>(), Person(Adult), Today));
        Assert.Equal((sign, false), (question.Sign, question.CanBeAnswered));
    }

    [Fact]
    public void refuses_pressures_that_stand_the_wrong_way_round()
    {
        CheckedEntry[] entries = [Entry(VitalSign.SystolicPressure, 80), Entry(VitalSign.DiastolicPressure, 120)];
        Assert.False(Assert.Single(VitalChecks.Of(entries, new Dictionary<VitalSign, EarlierValue>(), Person(Adult), Today)).CanBeAnswered);
    }

    [Fact]
    public void refuses_a_sign_that_is_not_measured_at_this_age()
        => Assert.Equal(
            "Head circumference is not recorded at this age.",
            Assert.Single(VitalChecks.Of([Entry(VitalSign.HeadCircumference, 55)], new Dictionary<VitalSign, EarlierValue>(), Person(Adult), Today)).Message);

    private static bool Asked(VitalSign sign, decimal now, DateOnly born, decimal before, int daysAgo)
    {
        var questions = VitalChecks.Of([Entry(sign, now)], Before(sign, before, daysAgo), Person(born), Today);
        Assert.All(questions, q => Assert.True(q.CanBeAnswered, q.Message));
        return questions.Count > 0;
    }

    private static CheckedEntry Entry(VitalSign sign, decimal value) => new(SignCatalogue.Of(sign), value, null);

    private static Dictionary<VitalSign, EarlierValue> Before(VitalSign sign, decimal value, int daysAgo)
        => new() { [sign] = new EarlierValue(Guid.Empty, value, Today.AddDays(-daysAgo)) };

    private static VitalPerson Person(DateOnly born) => new(Guid.Empty, born, BornEstimated: false, Gender.Female);
}
