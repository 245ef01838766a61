using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Registration;

namespace DrAssistant.Portal.Tests.Patients.Registration;

public sealed class CheckingAForm
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Fact]
    public void needs_name_sex_birth_date_and_mobile_and_nothing_else()
    {
        Assert.Equal(
            [PatientField.FullName, PatientField.Sex, PatientField.BirthDate, PatientField.Mobile],
            new PatientCheck(new PatientDraft(), Today).Faults().Keys);
        Assert.Empty(new PatientCheck(Drafts.Of(), Today).Faults());
        Assert.Empty(new PatientCheck(Drafts.Full(), Today).Faults());
    }

    [Fact]
    public void misses_nothing_while_it_is_being_filled()
        => Assert.All(Enum.GetValues<PatientField>(), field => Assert.Null(new PatientCheck(new PatientDraft(), Today).FaultOf(field, needed: false)));

    [Fact]
    public void takes_an_age_for_a_birth_date_and_a_tick_for_a_mobile()
    {
        var draft = Drafts.Of(born: "", mobile: "");
        draft[PatientField.Age] = "46";
        draft.NoPhone = true;

        Assert.Empty(new PatientCheck(draft, Today).Faults());
        Assert.True(new PatientCheck(draft, Today).Birth?.Estimated);
    }

    [Theory]
    [InlineData(PatientField.AbhaNumber, "4221 5105 6749", "That is a 12-digit Aadhaar number.")]
    [InlineData(PatientField.AbhaNumber, "1234", "An ABHA number has 14 digits")]
    [InlineData(PatientField.AbhaAddress, "laxmi@example.org", "An ABHA address ends in @abdm")]
    [InlineData(PatientField.FullName, "12345", "A name has letters.")]
    [InlineData(PatientField.BloodGroup, "C+", "Choose one of the eight")]
    [InlineData(PatientField.Email, "laxmi@home", "An e-mail address looks like")]
    [InlineData(PatientField.Email, "laxmi at example.org", "An e-mail address looks like")]
    [InlineData(PatientField.Email, "@example.org", "An e-mail address looks like")]
    [InlineData(PatientField.Pin, "012345", "A PIN code does not begin with 0.")]
    [InlineData(PatientField.ContactPhone, "123", "A phone number of India")]
    [InlineData(PatientField.Language, "xx", "Choose a language")]
    public void says_what_is_wrong_with_a_field(PatientField field, string typed, string message)
    {
        var draft = Drafts.Full();
        draft[field] = typed;

        var fault = Assert.Single(new PatientCheck(draft, Today).Faults());

        Assert.Equal((field, field.ToString()), (fault.Key, fault.Value.Field));
        Assert.StartsWith(message, fault.Value.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("4221", fault.Value.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void refuses_what_the_columns_would_cut()
    {
        var draft = Drafts.Of(name: $"{new string('a', 51)} Rao");
        draft[PatientField.Town] = new string('b', 101);

        Assert.Equal([PatientField.FullName, PatientField.Town], new PatientCheck(draft, Today).Faults().Keys);
    }

    [Fact]
    public void asks_for_the_name_of_whoever_has_a_phone()
    {
        var draft = Drafts.Of();
        draft[PatientField.ContactPhone] = "98450 11828";

        Assert.Equal([PatientField.ContactName], new PatientCheck(draft, Today).Faults().Keys);
    }

    [Theory]
    [InlineData(AllergiesStatus.Known, false, true)]
    [InlineData(AllergiesStatus.Known, true, false)]
    [InlineData(AllergiesStatus.NoneKnown, true, true)]
    [InlineData(AllergiesStatus.NoneKnown, false, false)]
    [InlineData(AllergiesStatus.NotAsked, true, true)]
    [InlineData(AllergiesStatus.NotAsked, false, false)]
    public void lets_the_list_and_the_answer_about_allergies_agree(AllergiesStatus status, bool listed, bool refused)
    {
        var draft = Drafts.Of();
        draft.AllergiesStatus = status;
        if (listed)
        {
            draft.Allergies.Add(new AllergyDraft { Substance = "Penicillin" });
        }

        Assert.Equal(refused, new PatientCheck(draft, Today).Faults().ContainsKey(PatientField.Allergies));
    }

    [Fact]
    public void wants_a_substance_for_every_reaction()
    {
        var draft = Drafts.Full();
        draft.Allergies.Add(new AllergyDraft { Reaction = "Hives" });

        Assert.Equal([PatientField.Allergies], new PatientCheck(draft, Today).Faults().Keys);
    }

    [Theory]
    [InlineData("25-Nov-2008", true)]
    [InlineData("24-Nov-2008", false)]
    [InlineData("", false)]
    public void knows_a_child(string born, bool child) => Assert.Equal(child, new PatientCheck(Drafts.Of(born: born), Today).IsChild);

    [Fact]
    public void warns_of_a_check_digit_and_does_not_refuse_it()
    {
        var draft = Drafts.Of();
        draft[PatientField.AbhaNumber] = "12-3456-7890-1234";

        Assert.Empty(new PatientCheck(draft, Today).Faults());
        Assert.NotNull(new PatientCheck(draft, Today).WarningOf(PatientField.AbhaNumber));
    }

    [Fact]
    public void stays_out_of_logs()
    {
        var draft = Drafts.Full();

        Assert.DoesNotContain("Laxmi", $"{draft} {new PatientCheck(draft, Today)} {DuplicateQuestion.Of(draft, Today)} {PhoneNumber.Parse("9845011827").Value}", StringComparison.Ordinal);
    }
}
