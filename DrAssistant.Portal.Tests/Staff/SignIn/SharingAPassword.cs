using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Staff.SignIn;

/// <summary>Accounts that the practice itself makes together, with one password for all.</summary>
public sealed class SharingAPassword(ClinicDatabase databases)
{
    private static readonly StaffAccount[] Two =
    [
        new("asha.rao", "asha.rao@clinic.example", "Asha Rao", StaffRole.Nurse),
        new("devi.nair", "devi.nair@clinic.example", "Devi Nair", StaffRole.Receptionist),
    ];

    [Fact]
    public async Task makes_everybody_with_a_password_that_fits()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var made = await Accounts(clinic).CreateSharingAsync(Two, "heron-walnut-tabla-4711");

        Assert.Equal(2, made.Value?.Count);
        Assert.Single(await clinic.BehindAsync(db => db.Users.Select(u => u.PasswordHash).Distinct().ToListAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task is_refused_to_all_when_it_is_easy_to_guess_for_the_first()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var made = await Accounts(clinic).CreateSharingAsync(Two, "passwordpassword");

        Assert.Equal(RefusalKind.Invalid, made.Refusal?.Kind);
        Assert.Equal(0, await clinic.BehindAsync(db => db.Users.CountAsync(TestContext.Current.CancellationToken)));
    }

    private static StaffAccounts Accounts(ClinicUnderTest clinic) => clinic.Services.GetRequiredService<StaffAccounts>();
}
