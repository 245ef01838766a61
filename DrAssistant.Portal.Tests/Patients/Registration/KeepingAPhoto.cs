using DrAssistant.Data.Common;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Patients.Registration;

public sealed class KeepingAPhoto(ClinicDatabase databases)
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 9];
    private static readonly byte[] WebP = [.. "RIFF"u8, 1, 0, 0, 0, .. "WEBP"u8, 7];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task seals_it_and_gives_it_back()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var devi = await clinic.Given.ReceptionistAsync();
        var meera = await clinic.Given.PatientAsync();
        await using var acting = clinic.As(devi);
        var door = acting.Get<IPatientPhotos>();

        foreach (var (photo, type) in new[] { (Jpeg, "image/jpeg"), (Png, "image/png"), (WebP, "image/webp") })
        {
            Assert.Equal(clinic.Clock.Now, (await door.SetAsync(meera, photo, Cancellation)).Value());

            var read = (await door.ReadAsync(meera, Cancellation)).Value();
            Assert.Equal(type, read.MediaType);
            Assert.Equal(photo, read.Bytes.ToArray());
        }

        var kept = await clinic.BehindAsync(db => db.PatientPhotos.AsNoTracking().SingleAsync(Cancellation));
        Assert.Equal(-1, kept.Content.AsSpan().IndexOf(WebP));
        await clinic.AssertTrailAsync(devi, "photo.set", "photo.read", "photo.set", "photo.read", "photo.set", "photo.read");
    }

    [Fact]
    public async Task that_is_taken_away_is_gone_and_may_come_back()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var meera = await clinic.Given.PatientAsync();
        await using var acting = clinic.As(await clinic.Given.ReceptionistAsync());
        var door = acting.Get<IPatientPhotos>();
        (await door.SetAsync(meera, Jpeg, Cancellation)).Value();

        Assert.True((await door.RemoveAsync(meera, Cancellation)).Value());

        (await door.ReadAsync(meera, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await door.RemoveAsync(meera, Cancellation)).AssertRefused(RefusalKind.NotFound);
        Assert.Null(await clinic.BehindAsync(db => db.PatientPhotos.Select(p => p.Content).SingleAsync(Cancellation)));
        (await door.SetAsync(meera, Png, Cancellation)).Value();
    }

    [Fact]
    public async Task refuses_what_is_no_picture_or_too_large()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var devi = await clinic.Given.ReceptionistAsync();
        var meera = await clinic.Given.PatientAsync();
        await using var acting = clinic.As(devi);

        foreach (var photo in new byte[][] { [], [1, 2, 3], [.. "<svg xmlns="u8], [.. "GIF89a"u8], [.. Jpeg, .. new byte[400 * 1024]] })
        {
            (await acting.Get<IPatientPhotos>().SetAsync(meera, photo, Cancellation)).AssertRefused(RefusalKind.Invalid);
        }

        await clinic.AssertNothingHappenedAsync(devi);
    }

    [Fact]
    public async Task shows_it_to_the_desk_and_the_care_team_and_to_nobody_else()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var meera = await clinic.Given.PatientAsync();
        var (asha, basu, nila) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"), await clinic.Given.NurseAsync());
        await clinic.Given.CareAsync(asha, meera);
        await clinic.Given.CareAsync(nila, meera);
        await using (var desk = clinic.As(await clinic.Given.ReceptionistAsync()))
        {
            (await desk.Get<IPatientPhotos>().SetAsync(meera, Jpeg, Cancellation)).Value();
        }

        foreach (var (person, kind) in new (ClinicPerson, RefusalKind?)[] { (asha, null), (nila, null), (basu, RefusalKind.NotFound), (await clinic.Given.AdminAsync(), RefusalKind.Forbidden) })
        {
            await using var acting = clinic.As(person);
            Assert.Equal(kind, (await acting.Get<IPatientPhotos>().ReadAsync(meera, Cancellation)).Refusal?.Kind);
        }

        await using var outside = clinic.As(basu);
        (await outside.Get<IPatientPhotos>().SetAsync(meera, Png, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await outside.Get<IPatientPhotos>().RemoveAsync(meera, Cancellation)).AssertRefused(RefusalKind.NotFound);
        await using var nurse = clinic.As(nila);
        (await nurse.Get<IPatientPhotos>().SetAsync(meera, Png, Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task comes_with_the_registration()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var acting = clinic.As(await clinic.Given.DoctorAsync());
        var draft = Drafts.Of();
        draft.Photo = Jpeg;

        (await acting.Get<IRegistration>().RegisterAsync(draft, Cancellation)).Value();

        Assert.Equal(Jpeg, (await acting.Get<IPatientPhotos>().ReadAsync(draft.Id, Cancellation)).Value().Bytes.ToArray());
        Assert.Equal(clinic.Clock.Now, (await acting.Get<IRegistration>().OpenAsync(draft.Id, Cancellation)).Value().PhotoAt);
        var second = Drafts.Of("Zubeida", "1-Jan-1970", "90000 00001");
        second.Photo = new byte[] { 1, 2, 3 };
        (await acting.Get<IRegistration>().RegisterAsync(second, Cancellation)).AssertRefused(RefusalKind.Invalid);
    }
}
