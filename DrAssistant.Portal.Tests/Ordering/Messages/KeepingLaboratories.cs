using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Messages;
using DrAssistant.Data.Ordering.Messages.Files;
using DrAssistant.Data.Ordering.Providers;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Ordering.Messages;

public sealed class KeepingLaboratories(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_shown_once_opens_the_door_and_is_revoked()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var admin = await clinic.Given.AdminAsync();
        await using var keeping = clinic.As(admin);
        var provider = (await keeping.Get<IProviders>().AddAsync(new ProviderDraft { Name = "Ganga Diagnostics" }, Cancellation)).Value();
        var door = keeping.Get<ILaboratories>();

        var made = (await door.MakeKeyAsync(provider.Id, " Main analyser ", Cancellation)).Value();
        await using var nobody = clinic.AsNobody();
        var known = await nobody.Get<IResultMessages>().KnowAsync(made.Key, Cancellation);
        var used = Assert.Single((await door.SendersAsync(Cancellation)).Value());
        var revoked = (await door.RevokeKeyAsync(made.Sender.Id, Cancellation)).Value();
        (await door.RevokeKeyAsync(made.Sender.Id, Cancellation)).Value();

        Assert.NotNull(known);
        Assert.Equal(("Ganga Diagnostics", "Main analyser", admin.FullName, (DateTimeOffset?)clinic.Clock.Now), (used.Provider, used.Name, used.MadeBy, used.LastUsedAt));
        Assert.NotNull(revoked.RevokedAt);
        Assert.Null(await nobody.Get<IResultMessages>().KnowAsync(made.Key, Cancellation));
        await clinic.AssertTrailAsync(admin, "provider.add", "result-sender.make-key", "result-sender.revoke-key");
        await clinic.AssertNowhereInTheTrailAsync(made.Key);
    }

    [Fact]
    public async Task Files_are_listed_with_what_became_of_them()
    {
        await using var clinic = await MessagesClinic.OpenAsync(databases);
        await using var keeping = clinic.Clinic.As(await clinic.Clinic.Given.AdminAsync());
        await clinic.ReadAsync("hl7-01-final.hl7");
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(1);
        var bad = await clinic.ReadAsync("hl7-11-cut-after-the-request.hl7");

        var files = (await keeping.Get<ILaboratories>().FilesAsync(Cancellation)).Value();
        var refused = (await keeping.Get<ILaboratories>().RefusedAsync(bad.Id, Cancellation)).Value();

        Assert.Equal(
            [("hl7-11-cut-after-the-request.hl7", ResultFileStatus.Done, 0, 1), ("hl7-01-final.hl7", ResultFileStatus.Done, 1, 0)],
            files.Select(f => (f.Name!, f.Status, f.Filed, f.Refused)));
        Assert.Equal((1, "G-0011", "OBR (segment 4) is followed by no OBX: its results are missing."), Assert.Single(refused) switch { var r => (r.Number, r.ControlId!, r.Problem!) });
    }

    [Theory]
    [InlineData(StaffRole.Doctor)]
    [InlineData(StaffRole.Nurse)]
    [InlineData(StaffRole.Receptionist)]
    [InlineData(null)]
    public async Task Only_admins_make_keys(StaffRole? role)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var person = await clinic.Given.StaffAsync(role ?? StaffRole.Doctor, "Somebody Else");
        await using var acting = role is null ? clinic.AsNobody() : clinic.As(person);
        var door = acting.Get<ILaboratories>();

        (await door.SendersAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await door.MakeKeyAsync(Guid.CreateVersion7(), "Main", Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await door.RevokeKeyAsync(Guid.CreateVersion7(), Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await door.FilesAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await door.RefusedAsync(Guid.CreateVersion7(), Cancellation)).AssertRefused(RefusalKind.Forbidden);
        await clinic.AssertNothingHappenedAsync(person);
    }
}
