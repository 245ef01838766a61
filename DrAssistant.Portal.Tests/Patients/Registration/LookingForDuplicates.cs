using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Patients.Registration;

public sealed class LookingForDuplicates(ClinicDatabase databases)
{
    private const string Mobile = "+919845011827";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task finds_by_name_birth_date_and_telephone_the_likeliest_first()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var devi = await clinic.Given.ReceptionistAsync();
        var very = await clinic.Given.PatientAsync("Lakshmi", "Chaudhuri", "1980-03-14", contact: new PatientContact { Phone = Mobile });
        var twin = await clinic.Given.PatientAsync("Leela", "Choudhary", "1980-03-14", contact: new PatientContact { Phone = Mobile });
        var slip = await clinic.Given.PatientAsync("Laxmi", "Chowdhury", "1980-03-15");
        var young = await clinic.Given.PatientAsync("Laxmi", "Chowdhury", "2015-03-15", contact: new PatientContact { Phone = "+919000000001" });
        await clinic.Given.PatientAsync("Ravi", "Rao", "1980-03-14", Gender.Male);
        await clinic.Given.AppointmentAsync(await clinic.Given.DoctorAsync(), very, "09:00", DrAssistant.Data.Scheduling.AppointmentStatus.Completed, daysAhead: -7);
        await using var acting = clinic.As(devi);

        var answer = (await acting.Get<IRegistration>().DuplicatesAsync(Question(), Cancellation)).Value();

        Assert.Equal([(very, Likelihood.VeryLikely), (twin, Likelihood.Likely), (slip, Likelihood.Likely)], answer.Hits.Select(h => (h.Id, h.Likelihood)));
        Assert.Equal(2, answer.SameMobile);
        Assert.Equal((new DateOnly(2026, 10, 29), clinic.Days.Today.Year), (answer.Hits[0].LastHere, answer.Hits[0].RegisteredOn!.Value.Year));
        Assert.Null(answer.Hits[1].LastHere);
        Assert.DoesNotContain(young, answer.Hits.Select(h => h.Id));
    }

    [Fact]
    public async Task shows_no_more_than_it_says_in_the_trail()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var devi = await clinic.Given.ReceptionistAsync();
        var very = await clinic.Given.PatientAsync("Lakshmi", "Chaudhuri", "1980-03-14");
        await clinic.Given.PatientAsync("Laxmi", "Chowdhury", "2015-03-15");
        await using var acting = clinic.As(devi);

        (await acting.Get<IRegistration>().DuplicatesAsync(Question(), Cancellation)).Value();

        var entry = await clinic.OnlyEventOfAsync(devi, "patient.duplicates");
        entry.AssertShown(very);
        Assert.Equal(["name", "birth_date", "mobile", "abha_number"], entry.Fields);
        await clinic.AssertNowhereInTheTrailAsync("9845011827");
        await clinic.AssertNowhereInTheTrailAsync("Choudhary");
    }

    [Fact]
    public async Task finds_a_telephone_and_an_abha_number_outside_a_doctors_care()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var id = await clinic.Given.PatientAsync("Lakshmi", "Chaudhuri", "1980-03-14", contact: new PatientContact { Phone = Mobile, AbhaNumber = "91707072027023" });
        await using var acting = clinic.As(await clinic.Given.DoctorAsync());

        var answer = (await acting.Get<IRegistration>().DuplicatesAsync(Question() with { AbhaNumber = "91707072027023" }, Cancellation)).Value();

        var hit = Assert.Single(answer.Hits);
        Assert.Equal((id, Likelihood.VeryLikely, null, null), (hit.Id, hit.Likelihood, hit.RegisteredOn, hit.LastHere));
        Assert.Contains(hit.Facts, f => f.Words == "Same ABHA number");
        Assert.Contains(hit.Facts, f => f.Words == "Same mobile, +91 98450 11827");
    }

    [Fact]
    public async Task leaves_out_the_record_itself_and_what_was_merged()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var self = await clinic.Given.PatientAsync("Lakshmi", "Chaudhuri", "1980-03-14");
        await clinic.Given.PatientAsync("Lakshmi", "Chaudhuri", "1980-03-14", with: p => p.Status = PatientStatus.Merged);
        await using var acting = clinic.As(await clinic.Given.ReceptionistAsync());

        Assert.Empty((await acting.Get<IRegistration>().DuplicatesAsync(Question() with { Self = self }, Cancellation)).Value().Hits);
    }

    [Theory]
    [InlineData("Bala Murugan", "Balamurugan", "-")]
    [InlineData("லட்சுமி", "Lakshmi", "-")]
    [InlineData("K S Krishnan", "Krishnan", "K.S.")]
    [InlineData("Mohd Irfan", "Mohammed", "Irfan")]
    public async Task finds_a_name_by_ear_in_any_order_and_script(string typed, string first, string last)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var id = await clinic.Given.PatientAsync(first, last, "1980-03-14", Gender.Male);
        await using var acting = clinic.As(await clinic.Given.ReceptionistAsync());

        var answer = (await acting.Get<IRegistration>().DuplicatesAsync(new DuplicateQuestion(typed, new DateOnly(1980, 3, 14), false, Gender.Male, null, null), Cancellation)).Value();

        Assert.Equal([id], answer.Hits.Select(h => h.Id));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("K")]
    [InlineData("\0")]
    [InlineData("'; DROP TABLE patients; --")]
    public async Task asks_nothing_of_nothing(string? typed)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await clinic.Given.PatientAsync();
        await using var acting = clinic.As(await clinic.Given.ReceptionistAsync());

        Assert.Empty((await acting.Get<IRegistration>().DuplicatesAsync(new DuplicateQuestion(typed, null, false, null, null, null), Cancellation)).Value().Hits);
    }

    private static DuplicateQuestion Question() => new("Laxmi Choudhary", new DateOnly(1980, 3, 14), BornEstimated: false, Gender.Female, Mobile, null);
}
