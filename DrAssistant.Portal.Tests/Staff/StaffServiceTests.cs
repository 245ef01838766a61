using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Staff;

public sealed class StaffServiceTests(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_an_admin_sees_everybody_who_works_here()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var admin = await clinic.Given.AdminAsync();
        var former = await clinic.Given.StaffAsync(StaffRole.Nurse, "Former Nurse", StaffStatus.Inactive);
        foreach (var person in new[] { await clinic.Given.DoctorAsync(), await clinic.Given.NurseAsync(), await clinic.Given.ReceptionistAsync() })
        {
            await using var refused = clinic.As(person);
            (await refused.Get<IStaff>().ListAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
            await clinic.AssertNothingHappenedAsync(person);
        }

        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IStaff>().ListAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        await using var acting = clinic.As(admin);

        var staff = (await acting.Get<IStaff>().ListAsync(Cancellation)).Value();

        Assert.Equal(["Asha Rao", "Devi Nair", "Former Nurse", "Nila Das", "Omar Khan"], staff.Select(s => s.FullName));
        var line = staff.Single(s => s.Id == former.Id);
        Assert.Equal((StaffRole.Nurse, StaffStatus.Inactive, null), (line.Role, line.Status, line.LastLoginAt));
        await clinic.OnlyEventOfAsync(admin, "staff.read");
    }
}
