using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Registration;

namespace DrAssistant.Portal.Tests.Patients.Registration;

public sealed class ReadingWhatIsTyped
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Theory]
    [InlineData("14-Mar-1980", "1980-03-14")]
    [InlineData("14/03/1980", "1980-03-14")]
    [InlineData("14 3 1980", "1980-03-14")]
    [InlineData("14.3.1980", "1980-03-14")]
    [InlineData("14 march 1980", "1980-03-14")]
    [InlineData("14031980", "1980-03-14")]
    [InlineData("1980-03-14", "1980-03-14")]
    [InlineData("१४/०३/१९८०", "1980-03-14")]
    [InlineData(" 24-Nov-2026 ", "2026-11-24")]
    public void a_day_is_read_day_first_however_it_is_parted(string typed, string day)
        => Assert.Equal(new BirthDate(DateOnly.Parse(day, null), Estimated: false), BirthDate.Parse(typed, Today).Value);

    [Theory]
    [InlineData("1980", "1980-07-01")]
    [InlineData("2026", "2026-07-01")]
    [InlineData("about 01-Jul-1980", "1980-07-01")]
    [InlineData("~ 15-Mar-2026", "2026-03-15")]
    public void a_year_alone_is_an_estimate_in_its_middle(string typed, string day)
        => Assert.Equal(new BirthDate(DateOnly.Parse(day, null), Estimated: true), BirthDate.Parse(typed, Today).Value);

    [Fact]
    public void a_year_that_has_not_reached_its_middle_is_not_ahead()
        => Assert.Equal(new DateOnly(2026, 2, 3), BirthDate.Parse("2026", new DateOnly(2026, 2, 3)).Value?.Day);

    [Theory]
    [InlineData("25-Nov-2026", "This day is still ahead. Check the year.")]
    [InlineData("31-Dec-1895", "That is more than 130 years ago. Check the year.")]
    [InlineData("14/3/80", "Write the year with four digits, such as 14-Mar-1980.")]
    [InlineData("31-Feb-1980", "Write day, month and year")]
    [InlineData("14 13 1980", "Write day, month and year")]
    [InlineData("yesterday", "Write day, month and year")]
    public void what_is_no_birth_date_says_why(string typed, string message)
        => Assert.StartsWith(message, BirthDate.Parse(typed, Today).Refusal?.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("46", "46 y")]
    [InlineData("0", "4 m")]
    [InlineData("18 m", "18 m")]
    [InlineData("3 months", "3 m")]
    [InlineData("10 d", "10 d")]
    [InlineData("3w", "21 d")]
    [InlineData("४६", "46 y")]
    [InlineData("130", "130 y")]
    public void an_age_gives_a_date_at_which_it_is_the_age_today(string typed, string age)
    {
        var birth = BirthDate.FromAge(typed, Today).Value!;

        Assert.True(birth.Estimated);
        Assert.Equal(age, Age.On(Today, birth.Day).Short);
    }

    [Fact]
    public void an_age_in_years_is_right_on_every_day_of_the_year()
        => Assert.All(Enumerable.Range(0, 366), day => Assert.Equal(
            46, Age.On(Today.AddDays(day), BirthDate.FromAge("46", Today.AddDays(day)).Value!.Day).Years));

    [Fact]
    public void an_age_in_months_is_right_on_every_day_of_the_year()
        => Assert.All(Enumerable.Range(0, 366), day => Assert.Equal(
            7, Age.On(Today.AddDays(day), BirthDate.FromAge("7 m", Today.AddDays(day)).Value!.Day).Months));

    [Theory]
    [InlineData("131")]
    [InlineData("-4")]
    [InlineData("old")]
    [InlineData("4.5")]
    [InlineData("")]
    public void what_is_no_age_is_refused(string typed) => Assert.NotNull(BirthDate.FromAge(typed, Today).Refusal);

    [Theory]
    [InlineData("14-Mar-1980")]
    [InlineData("1980")]
    public void what_is_shown_is_read_again(string typed)
    {
        var birth = BirthDate.Parse(typed, Today).Value!;

        Assert.Equal(birth, BirthDate.Parse(birth.Text, Today).Value);
    }

    [Theory]
    [InlineData("98450 11827", "+919845011827")]
    [InlineData("9845011827", "+919845011827")]
    [InlineData("098450-11827", "+919845011827")]
    [InlineData("+91 98450 11827", "+919845011827")]
    [InlineData("919845011827", "+919845011827")]
    [InlineData("0091 98450 11827", "+919845011827")]
    [InlineData("(080) 4123 4567", "+918041234567")]
    [InlineData("९८४५० ११८२७", "+919845011827")]
    [InlineData("+44 20 7946 0018", "+442079460018")]
    [InlineData("0044 20 7946 0018", "+442079460018")]
    public void a_phone_number_is_kept_with_its_country(string typed, string kept)
        => Assert.Equal(kept, PhoneNumber.Parse(typed).Value?.Text);

    [Theory]
    [InlineData("9845011827", "+91 98450 11827")]
    [InlineData("+442079460018", "+442079460018")]
    public void a_phone_number_is_shown_as_it_is_said(string typed, string shown)
        => Assert.Equal(shown, PhoneNumber.Parse(typed).Value?.Shown);

    [Theory]
    [InlineData("98450 1182", "A phone number of India has 10 digits, and this has 9.")]
    [InlineData("98450 118270", "A phone number of India has 10 digits, and this has 11.")]
    [InlineData("+91 98450", "A phone number of India has 10 digits, and this has 5.")]
    [InlineData("1845011827", "A phone number of India has 10 digits")]
    [InlineData("none", "A phone number has digits only")]
    [InlineData("+", "A phone number has digits only")]
    [InlineData("98450+11827", "A phone number has digits only")]
    [InlineData("+1 234", "A number of another country")]
    public void what_is_no_phone_number_says_why(string typed, string message)
        => Assert.StartsWith(message, PhoneNumber.Parse(typed).Refusal?.Message, StringComparison.Ordinal);

    [Fact]
    public void a_number_that_is_no_mobiles_is_only_warned_about()
    {
        Assert.NotNull(PhoneNumber.Parse("4045011827").Value?.Warning);
        Assert.Null(PhoneNumber.Parse("6845011827").Value?.Warning);
        Assert.Null(PhoneNumber.Parse("+442079460018").Value?.Warning);
    }

    [Theory]
    [InlineData("560038", "Karnataka")]
    [InlineData("560 038", "Karnataka")]
    [InlineData("११०००१", "Delhi")]
    [InlineData("403001", "Goa")]
    [InlineData("400001", "Maharashtra")]
    [InlineData("737101", "Sikkim")]
    [InlineData("744101", "Andaman and Nicobar Islands")]
    [InlineData("248001", "Uttarakhand")]
    [InlineData("226001", "Uttar Pradesh")]
    [InlineData("682555", "Lakshadweep")]
    [InlineData("160017", null)] // Punjab and Chandigarh
    [InlineData("605001", null)] // Puducherry and Tamil Nadu
    [InlineData("990001", null)]
    public void a_pin_code_names_its_state_where_it_can(string typed, string? state)
    {
        var pin = PinCode.Parse(typed);

        Assert.True(pin.Succeeded);
        Assert.Equal(state, pin.Value!.State?.Name);
    }

    [Theory]
    [InlineData("056038")]
    [InlineData("56003")]
    [InlineData("5600381")]
    [InlineData("56OO38")]
    public void what_is_no_pin_code_is_refused(string typed) => Assert.NotNull(PinCode.Parse(typed).Refusal);

    [Fact]
    public void the_states_are_the_28_and_the_8_union_territories()
    {
        Assert.Equal(36, IndianState.All.Count);
        Assert.Equal(36, IndianState.All.Select(s => s.Code).Distinct().Count());
        Assert.Contains(IndianState.All, s => s.Name == "Ladakh");
    }

    [Theory]
    [InlineData("Laxmi Choudhary", "Laxmi", "Choudhary", "CHOUDHARY, Laxmi")]
    [InlineData("  Laxmi   Devi  Choudhary ", "Laxmi Devi", "Choudhary", "CHOUDHARY, Laxmi Devi")]
    [InlineData("Zubeida", "Zubeida", "-", "Zubeida")]
    [InlineData("S. Ramesh", "S.", "Ramesh", "S. Ramesh")]
    [InlineData("Ramesh K S", "Ramesh K", "S", "Ramesh K S")]
    [InlineData("लक्ष्मी चौधरी", "लक्ष्मी", "चौधरी", "चौधरी, लक्ष्मी")]
    public void a_name_is_parted_and_shown_as_the_patient_writes_it(string typed, string first, string last, string listed)
    {
        Assert.Equal((first, last), PersonName.Parted(typed));
        Assert.Equal(listed, new PersonName(first, last).Listed);
        Assert.Equal(string.Join(' ', typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), new PersonName(first, last).Spoken);
    }
}
