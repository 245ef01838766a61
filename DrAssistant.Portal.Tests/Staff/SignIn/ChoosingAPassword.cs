using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Staff.SignIn;

public sealed class ChoosingAPassword(ClinicDatabase databases)
{
    private static readonly string[] Context = ["meera", "iyer", "meera.iyer", "Sanjeevani", "Clinic", "Indiranagar", "assistant", "drassistant"];

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("a lantern over nine rivers")]
    [InlineData("vXq9#TpLm2$w")]
    [InlineData("mango-tram-glacier")]
    [InlineData("नीला आकाश और नदी")]
    [InlineData("kuzhambu rickshaw 42 umbrella")]
    public void that_cannot_be_guessed_is_fine_whatever_it_is_made_of(string password) => Assert.Null(PasswordRules.Refuse(password, Context));

    [Fact]
    public void may_be_as_long_as_a_sentence() => Assert.Null(PasswordRules.Refuse(new string([.. Enumerable.Range(0, 128).Select(i => (char)('a' + (i * i % 23)))]), Context));

    [Theory]
    [InlineData("")]
    [InlineData("short1!")]
    [InlineData("elevenchars")]
    [InlineData("Password1234")]
    [InlineData("P@ssw0rd2026!")]
    [InlineData("Welcome@2026!")]
    [InlineData("123456789012")]
    [InlineData("qwertyuiop12")]
    [InlineData("poiuytrewq!!")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("iloveyou12345")]
    [InlineData("letmeinletmein")]
    [InlineData("Krishna@12345")]
    [InlineData("Bangalore2026")]
    [InlineData("Doctor@Clinic1")]
    [InlineData("hospital123456")]
    [InlineData("MeeraIyer2026!")]
    [InlineData("Sanjeevani#2026")]
    [InlineData("meera.iyer.meera")]
    [InlineData("Indiranagar!1234")]
    [InlineData("DrAssistant2026")]
    [InlineData("administrator99")]
    [InlineData("Monday20261105")]
    [InlineData("passwordpassword")]
    public void that_everybody_would_try_is_refused(string password) => Assert.NotNull(PasswordRules.Refuse(password, Context));

    [Fact]
    public void longer_than_128_characters_is_refused() => Assert.NotNull(PasswordRules.Refuse(string.Concat(Enumerable.Repeat("xk7Qz", 26)), Context));

    [Fact]
    public async Task is_checked_against_the_names_of_the_person_and_the_practice()
    {
        await using var clinic = await SignInClinic.OpenAsync(databases);
        var account = new StaffAccount("vasudha.krishnaswamy", "vk@clinic.example", "Vasudha Krishnaswamy", StaffRole.Nurse);

        Assert.Contains("too easy to guess", (await clinic.AddAsync(account, "Vasudha-Krishnaswamy")).Refusal?.Message, StringComparison.Ordinal);
        Assert.Contains("too easy to guess", (await clinic.AddAsync(account, "Sanjeevani Clinic 9")).Refusal?.Message, StringComparison.Ordinal);
        Assert.Contains("at least 12", (await clinic.AddAsync(account, "x7#kQ")).Refusal?.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await clinic.AskAsync<long>("SELECT count(*) FROM users"));
        Assert.True((await clinic.AddAsync(account, SignInClinic.Password)).Succeeded);
        Assert.Equal(1L, await clinic.AskAsync<long>("SELECT count(*) FROM audit_events WHERE event = 'user.create'"));
    }

    [Fact]
    public async Task belongs_to_a_name_that_is_nobody_elses_and_no_e_mail_address()
    {
        await using var clinic = await SignInClinic.OpenAsync(databases);
        await clinic.PersonAsync();

        foreach (var account in new[]
        {
            new StaffAccount("MEERA.IYER", "other@clinic.example", "Other", StaffRole.Nurse),
            new StaffAccount("other", "Meera.Iyer@clinic.example", "Other", StaffRole.Nurse),
            new StaffAccount("other@clinic.example", "other@clinic.example", "Other", StaffRole.Nurse),
            new StaffAccount("", "other@clinic.example", "Other", StaffRole.Nurse),
        })
        {
            Assert.False((await clinic.AddAsync(account, SignInClinic.Password)).Succeeded);
        }
    }
}
