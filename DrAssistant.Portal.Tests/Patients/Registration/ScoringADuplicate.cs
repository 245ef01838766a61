using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Registration;

namespace DrAssistant.Portal.Tests.Patients.Registration;

public sealed class ScoringADuplicate
{
    private static readonly DateOnly Born = new(1980, 3, 14);

    [Theory]
    [InlineData("Laxmi Choudhary", Likeness.Same)]
    [InlineData("choudhary LAXMI", Likeness.Same)]
    [InlineData("Smt. Laxmi Choudhary", Likeness.Same)]
    [InlineData("Lakshmi Chaudhuri", Likeness.Alike)]
    [InlineData("लक्ष्मी चौधरी", Likeness.Alike)]
    [InlineData("Lakshmi", Likeness.Within)]
    [InlineData("L. Choudhary", Likeness.Within)]
    [InlineData("Lakshmi Devi Chaudhuri", Likeness.Within)]
    [InlineData("Leela Choudhary", Likeness.OneWord)]
    [InlineData("Meera Nair", Likeness.Different)]
    [InlineData("", Likeness.Unknown)]
    [InlineData("...", Likeness.Unknown)]
    public void names_have_more_or_less_in_common(string other, object likeness)
        => Assert.Equal(likeness, NameLikeness.Between("Laxmi Choudhary", other));

    [Fact]
    public void a_name_in_two_words_or_one_is_alike_as_a_whole()
    {
        Assert.Equal(Likeness.Alike, NameLikeness.Between("Bala Murugan", "Balamurugan"));
        Assert.Equal(Likeness.Within, NameLikeness.Between("Murugan", "Balaji Murugan"));
    }

    [Fact]
    public void birth_date_mobile_and_name_together_are_very_likely()
        => Assert.Equal(
            (Likelihood.VeryLikely, "Same birth date, 14-Mar-1980 | Same mobile, +91 98450 11827 | Name sounds alike | Same sex"),
            Told(Question(), Found("Lakshmi Chaudhuri", phone: true)));

    [Fact]
    public void name_and_birth_date_alone_are_very_likely()
        => Assert.Equal(Likelihood.VeryLikely, Told(Question(mobile: null), Found("Lakshmi Chaudhuri")).Likelihood);

    [Fact]
    public void one_abha_number_is_very_likely_whatever_else_differs()
        => Assert.Equal(Likelihood.VeryLikely, Told(Question("Meera Nair"), Found("Ravi Rao", born: "1950-01-01", abha: true, sex: Gender.Male)).Likelihood);

    [Fact]
    public void twins_are_never_very_likely()
        => Assert.Equal(
            (Likelihood.Likely, "Same birth date, 14-Mar-1980 | Same mobile, +91 98450 11827 | Part of the name sounds alike | Same sex"),
            Told(Question("Leela Choudhary"), Found("Lakshmi Chaudhuri", phone: true)));

    [Fact]
    public void a_father_of_the_same_name_and_telephone_is_only_possible()
        => Assert.Equal(
            (Likelihood.Possible, "Birth year differs, born 02-Jul-1952 | Same mobile, +91 98450 11827 | Same name | Same sex"),
            Told(Question(), Found("Laxmi Choudhary", born: "1952-07-02", phone: true)));

    [Fact]
    public void day_and_month_exchanged_are_a_slip()
        => Assert.Contains(
            "Birth date nearly the same, 03-Apr-1980",
            Told(Question(born: "1980-04-03"), Found("Lakshmi Chaudhuri", born: "1980-04-03"), swap: true).Words, StringComparison.Ordinal);

    [Fact]
    public void one_digit_of_the_date_is_a_slip()
        => Assert.Equal(
            (Likelihood.VeryLikely, "Birth date nearly the same, 14-Mar-1986 | Same mobile, +91 98450 11827 | Name sounds alike | Same sex"),
            Told(Question(), Found("Lakshmi Chaudhuri", born: "1986-03-14", phone: true)));

    [Fact]
    public void an_estimated_age_weighs_less_than_a_date()
    {
        Assert.Equal(
            (Likelihood.Likely, "About the same age, born about 1981 | Name sounds alike | Same sex"),
            Told(Question(mobile: null), Found("Lakshmi Chaudhuri", born: "1981-07-01", estimated: true)));
        Assert.Null(DuplicateScore.Of(Question(mobile: null), Found("Lakshmi Chaudhuri", born: "1990-07-01", estimated: true)));
    }

    [Fact]
    public void a_name_alone_is_possible_as_long_as_nothing_speaks_against_it()
    {
        Assert.Equal(Likelihood.Possible, Told(Question(born: null, mobile: null), Found("Lakshmi Chaudhuri")).Likelihood);
        Assert.Null(DuplicateScore.Of(Question(mobile: null), Found("Lakshmi Chaudhuri", born: "1960-01-01")));
        Assert.Null(DuplicateScore.Of(Question(born: null, mobile: null), Found("Lakshmi Chaudhuri", sex: Gender.Male)));
    }

    [Fact]
    public void a_family_that_shares_a_telephone_is_not_shown()
        => Assert.Null(DuplicateScore.Of(Question(), Found("Ramesh Choudhary", born: "1975-01-01", phone: true, sex: Gender.Male)));

    private static DuplicateQuestion Question(string name = "Laxmi Choudhary", string? born = "1980-03-14", string? mobile = "+919845011827")
        => new(name, born is null ? null : DateOnly.Parse(born, null), BornEstimated: false, Gender.Female, mobile, null);

    private static Candidate Found(
        string name, string? born = null, bool estimated = false, bool phone = false, bool abha = false, Gender sex = Gender.Female)
    {
        var (first, last) = PersonName.Parted(name);
        return new Candidate(
            Guid.CreateVersion7(), new PersonName(first, last), "DA-1", born is null ? Born : DateOnly.Parse(born, null), estimated, sex, PatientStatus.Active, phone, abha);
    }

    private static (Likelihood Likelihood, string Words) Told(DuplicateQuestion asked, Candidate found, bool swap = false)
    {
        var question = swap ? asked with { Born = new DateOnly(asked.Born!.Value.Year, asked.Born.Value.Day, asked.Born.Value.Month) } : asked;
        var score = DuplicateScore.Of(question, found);
        Assert.NotNull(score);
        return (score.Value.Likelihood, string.Join(" | ", score.Value.Facts.Select(f => f.Words)));
    }
}
