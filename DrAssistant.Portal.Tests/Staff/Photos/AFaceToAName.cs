using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.Accounts;
using DrAssistant.Data.Staff.Photos;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Staff.Photos;

public sealed class AFaceToAName(ClinicDatabase databases)
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 9];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_set_by_its_person_sealed_and_seen_by_colleagues()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        await using var acting = clinic.As(asha);
        var photos = acting.Get<IStaffPhotos>();
        Assert.Null((await photos.MyAddressAsync(Cancellation)).Value);

        var address = (await photos.SetAsync(asha.Id, Jpeg, Cancellation)).Value();

        Assert.StartsWith($"/staff/{asha.Id}/photo?at=", address, StringComparison.Ordinal);
        Assert.Equal(address, (await photos.MyAddressAsync(Cancellation)).Value);
        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());
        var seen = (await desk.Get<IStaffPhotos>().ReadAsync(asha.Id, Cancellation)).Value();
        Assert.Equal("image/jpeg", seen.MediaType);
        Assert.Equal(Jpeg, seen.Bytes.ToArray());
        var kept = await clinic.BehindAsync(db => db.StaffPhotos.AsNoTracking().SingleAsync(Cancellation));
        Assert.Equal(-1, kept.Content.AsSpan().IndexOf(Jpeg));
        await clinic.AssertTrailAsync(asha, "staff-photo.set");
    }

    [Fact]
    public async Task has_another_address_with_another_picture_and_none_when_it_is_taken_away()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        await using var acting = clinic.As(asha);
        var photos = acting.Get<IStaffPhotos>();
        var first = (await photos.SetAsync(asha.Id, Jpeg, Cancellation)).Value();
        clinic.Clock.Now = clinic.Clock.Now.AddMinutes(1);

        Assert.NotEqual(first, (await photos.SetAsync(asha.Id, Png, Cancellation)).Value());
        Assert.Equal("image/png", (await photos.ReadAsync(asha.Id, Cancellation)).Value().MediaType);

        Assert.True((await photos.RemoveAsync(asha.Id, Cancellation)).Value());
        Assert.Null((await photos.MyAddressAsync(Cancellation)).Value);
        (await photos.ReadAsync(asha.Id, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await photos.RemoveAsync(asha.Id, Cancellation)).AssertRefused(RefusalKind.NotFound);
        Assert.Equal(0, await clinic.BehindAsync(db => db.StaffPhotos.CountAsync(Cancellation)));
        await clinic.AssertTrailAsync(asha, "staff-photo.set", "staff-photo.set", "staff-photo.remove");
    }

    [Fact]
    public async Task is_an_admins_to_set_for_anybody_and_stands_in_the_list()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        await using var admin = clinic.As(await clinic.Given.AdminAsync());

        var address = (await admin.Get<IStaffPhotos>().SetAsync(asha.Id, Png, Cancellation)).Value();

        var listed = (await admin.Get<IStaffAccounts>().FindAsync(new AccountSearch(), Cancellation)).Value();
        Assert.Equal(address, listed.Lines.Single(l => l.Id == asha.Id).ProfileImageUrl);
        Assert.Equal(address, (await admin.Get<IStaffAccounts>().OpenAsync(asha.Id, Cancellation)).Value().ProfileImageUrl);
        (await admin.Get<IStaffPhotos>().SetAsync(Guid.CreateVersion7(), Png, Cancellation)).AssertRefused(RefusalKind.NotFound);
    }

    [Fact]
    public async Task is_nobody_elses_to_change_and_must_be_a_picture()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        await using var acting = clinic.As(basu);
        var photos = acting.Get<IStaffPhotos>();

        (await photos.SetAsync(asha.Id, Jpeg, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await photos.RemoveAsync(asha.Id, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        foreach (var wrong in new byte[][] { [], [.. "<svg xmlns="u8], [.. Jpeg, .. new byte[PhotoContent.Largest]] })
        {
            (await photos.SetAsync(basu.Id, wrong, Cancellation)).AssertRefused(RefusalKind.Invalid);
        }

        Assert.Equal(0, await clinic.BehindAsync(db => db.StaffPhotos.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task is_kept_from_others_by_the_database_too()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        await using (var acting = clinic.As(asha))
        {
            (await acting.Get<IStaffPhotos>().SetAsync(asha.Id, Jpeg, Cancellation)).Value();
        }

        await using var other = clinic.As(basu);
        await using var db = await other.Get<IDbContextFactory<Data.ClinicDb>>().CreateDbContextAsync(Cancellation);

        Assert.Equal(0, await db.StaffPhotos.ExecuteUpdateAsync(p => p.SetProperty(x => x.MediaType, "image/png"), Cancellation));
        Assert.Equal(0, await db.StaffPhotos.ExecuteDeleteAsync(Cancellation));
        Assert.Equal(1, await db.StaffPhotos.CountAsync(Cancellation));
    }
}
