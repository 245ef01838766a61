using DrAssistant.Data;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Staff.SignIn;

public sealed class TheFirstAdmin(ClinicDatabase databases)
{
    [Fact]
    public async Task signs_in_with_the_password_that_was_printed()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);

        var password = await ClinicStartup.CreateAdminAsync(clinic.Services, "omar.khan", "omar@practice.test", "Omar Khan");

        Assert.True(password.Succeeded);
        await using var scope = clinic.Services.CreateAsyncScope();
        var signedIn = await scope.ServiceProvider.GetRequiredService<ISignIn>().SignInAsync(
            "omar.khan", password.Value, new SignInOrigin("127.0.0.1", "test"), TestContext.Current.CancellationToken);
        Assert.Equal(StaffRole.Admin, signedIn.Value?.Session.Role);
    }

    [Fact]
    public async Task is_refused_a_name_that_somebody_has()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await ClinicStartup.CreateAdminAsync(clinic.Services, "omar.khan", "omar@practice.test", "Omar Khan");

        var again = await ClinicStartup.CreateAdminAsync(clinic.Services, "OMAR.KHAN", "other@practice.test", "Another Khan");

        Assert.False(again.Succeeded);
    }
}
