using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Providers;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Ordering.Providers;

public sealed class KeepingTheDirectory(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_admin_adds_doctors_choose_from_until_it_is_withdrawn()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var admin = await clinic.Given.AdminAsync();
        await using var keeping = clinic.As(admin);
        await using var ordering = clinic.As(await clinic.Given.DoctorAsync());
        var (keeper, doctor) = (keeping.Get<IProviders>(), ordering.Get<IProviders>());

        var lab = (await keeper.AddAsync(Lab(), Cancellation)).Value();
        await keeper.AddAsync(new ProviderDraft { Name = "Asha Scans", Kind = ProviderKind.Imaging }, Cancellation);
        var seen = (await doctor.ListAsync(withWithdrawn: false, Cancellation)).Value();
        (await keeper.WithdrawAsync(lab.Id, "closed", Cancellation)).Value();
        var left = (await doctor.ListAsync(withWithdrawn: false, Cancellation)).Value();
        var all = (await keeper.ListAsync(withWithdrawn: true, Cancellation)).Value();
        (await keeper.RestoreAsync(lab.Id, Cancellation)).Value();

        Assert.Equal(["Asha Scans", "Ganga Diagnostics"], seen.Select(p => p.Name));
        Assert.Equal(
            ("Ganga Diagnostics", ProviderKind.Laboratory, "+91 80 4123 4567", "reports@ganga.example", "4 Lake Road", "GANGA", true),
            (lab.Name, lab.Kind, lab.Phone, lab.Email, lab.Address, lab.Facility, lab.IsActive));
        Assert.Equal(["Asha Scans"], left.Select(p => p.Name));
        Assert.Equal([("Asha Scans", true), ("Ganga Diagnostics", false)], all.Select(p => (p.Name, p.IsActive)));
        Assert.Equal(2, (await doctor.ListAsync(withWithdrawn: false, Cancellation)).Value().Count);
        await clinic.AssertTrailAsync(admin, "provider.add", "provider.add", "provider.withdraw", "provider.restore");
        Assert.Equal("closed", (await clinic.TrailOfAsync(admin))[2].Reason);
    }

    [Fact]
    public async Task A_change_names_its_fields_and_loses_against_somebody_elses()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var admin = await clinic.Given.AdminAsync();
        await using var keeping = clinic.As(admin);
        var keeper = keeping.Get<IProviders>();
        var lab = (await keeper.AddAsync(Lab(), Cancellation)).Value();

        var mine = ProviderDraft.Of(lab);
        (mine.Name, mine.Email) = ("Ganga Laboratory", "");
        var changed = (await keeper.ChangeAsync(lab.Id, mine, Cancellation)).Value();
        var late = await keeper.ChangeAsync(lab.Id, ProviderDraft.Of(lab), Cancellation);
        var same = await keeper.ChangeAsync(lab.Id, ProviderDraft.Of(changed), Cancellation);

        Assert.Equal(("Ganga Laboratory", null), (changed.Name, changed.Email));
        late.AssertRefused(RefusalKind.Conflict);
        Assert.True(same.Succeeded);
        await clinic.AssertTrailAsync(admin, "provider.add", "provider.change");
        Assert.Equal(["name", "email"], (await clinic.TrailOfAsync(admin))[1].Fields);
    }

    [Fact]
    public async Task Two_providers_do_not_call_themselves_the_same_in_their_messages()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var keeping = clinic.As(await clinic.Given.AdminAsync());
        (await keeping.Get<IProviders>().AddAsync(Lab(), Cancellation)).Value();

        var second = await keeping.Get<IProviders>().AddAsync(new ProviderDraft { Name = "Another", Facility = "ganga" }, Cancellation);

        second.AssertRefused(RefusalKind.Invalid);
        Assert.Equal(nameof(ProviderDraft.Facility), second.Refusal!.Field);
    }

    [Theory]
    [InlineData("", "", "", nameof(ProviderDraft.Name))]
    [InlineData("Lab", "call me", "", nameof(ProviderDraft.Phone))]
    [InlineData("Lab", "+91 80 4123 4567 ext 12 and more", "", nameof(ProviderDraft.Phone))]
    [InlineData("Lab", "", "nobody", nameof(ProviderDraft.Email))]
    [InlineData("Lab", "", "a@b@c", nameof(ProviderDraft.Email))]
    public async Task What_cannot_be_right_is_not_kept(string name, string phone, string email, string field)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var keeping = clinic.As(await clinic.Given.AdminAsync());

        var refused = await keeping.Get<IProviders>().AddAsync(new ProviderDraft { Name = name, Phone = phone, Email = email }, Cancellation);

        refused.AssertRefused(RefusalKind.Invalid);
        Assert.Equal(field, refused.Refusal!.Field);
        Assert.Empty((await keeping.Get<IProviders>().ListAsync(withWithdrawn: true, Cancellation)).Value());
    }

    [Theory]
    [InlineData(StaffRole.Doctor, true)]
    [InlineData(StaffRole.Nurse, true)]
    [InlineData(StaffRole.Receptionist, false)]
    [InlineData(null, false)]
    public async Task Others_choose_at_most_and_keep_nothing(StaffRole? role, bool chooses)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var person = await clinic.Given.StaffAsync(role ?? StaffRole.Doctor, "Somebody Else");
        await using var acting = role is null ? clinic.AsNobody() : clinic.As(person);
        var door = acting.Get<IProviders>();

        Assert.Equal(chooses, (await door.ListAsync(withWithdrawn: false, Cancellation)).Succeeded);
        (await door.ListAsync(withWithdrawn: true, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await door.AddAsync(Lab(), Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await door.ChangeAsync(Guid.CreateVersion7(), Lab(), Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await door.WithdrawAsync(Guid.CreateVersion7(), "closed", Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await door.RestoreAsync(Guid.CreateVersion7(), Cancellation)).AssertRefused(RefusalKind.Forbidden);
        await clinic.AssertNothingHappenedAsync(person);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var keeping = clinic.As(await clinic.Given.AdminAsync());

        (await keeping.Get<IProviders>().ChangeAsync(Guid.CreateVersion7(), Lab(), Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await keeping.Get<IProviders>().WithdrawAsync(Guid.CreateVersion7(), "closed", Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await keeping.Get<IProviders>().WithdrawAsync(Guid.CreateVersion7(), " ", Cancellation)).AssertRefused(RefusalKind.Invalid);
        (await keeping.Get<IProviders>().RestoreAsync(Guid.CreateVersion7(), Cancellation)).AssertRefused(RefusalKind.NotFound);
    }

    private static ProviderDraft Lab() => new()
    {
        Name = " Ganga Diagnostics ",
        Kind = ProviderKind.Laboratory,
        Phone = "+91 80 4123 4567",
        Email = "reports@ganga.example",
        Address = "4 Lake Road",
        Facility = "GANGA",
    };
}
