using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Audit;

public sealed class SearchingTheTrail(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_for_admins_alone_and_is_in_the_trail_itself()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (admin, meera) = (await clinic.Given.AdminAsync(), await clinic.Given.PatientAsync(with: p => p.Mrn = "DA-1"));
        foreach (var person in new[] { await clinic.Given.DoctorAsync(), await clinic.Given.NurseAsync(), await clinic.Given.ReceptionistAsync() })
        {
            await using var refused = clinic.As(person);
            (await refused.Get<IAuditTrail>().SearchAsync(new AuditSearch(), Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await refused.Get<IAuditTrail>().ExportAsync(new AuditSearch(), Cancellation)).AssertRefused(RefusalKind.Forbidden);
            await clinic.AssertNothingHappenedAsync(person);
        }

        await using var acting = clinic.As(admin);
        (await acting.Get<IAuditTrail>().SearchAsync(new AuditSearch { Patient = "da-1" }, Cancellation)).Value();
        (await acting.Get<IAuditTrail>().ExportAsync(new AuditSearch { Patient = "Meera" }, Cancellation)).Value();

        await clinic.AssertTrailAsync(admin, "audit.read", "audit.export");
        Assert.All(await clinic.TrailOfAsync(admin), e => e.AssertShown(meera));
        await clinic.AssertNowhereInTheTrailAsync("Meera");
    }

    [Fact]
    public async Task names_whoever_signed_in_and_nobody_where_somebody_failed_to()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        foreach (var (name, at) in new[] { ("sign-in.failed", 1), ("sign-in.done", 2) })
        {
            await clinic.RunAsync("INSERT INTO audit_events (id, at, action, event, resource_type, resource_id) VALUES (gen_random_uuid(), $3, 'E', $2, 'user', $1)", asha.Id, name, clinic.Clock.Now.AddMinutes(-10 + at));
        }

        await using var acting = clinic.As(await clinic.Given.AdminAsync());
        var trail = acting.Get<IAuditTrail>();

        Assert.Equal(
            [("sign-in.done", "Asha Rao"), ("sign-in.failed", null)],
            (await trail.SearchAsync(new AuditSearch(), Cancellation)).Value().Lines.Select(l => (l.Event, l.Actor)));
        Assert.Equal(["sign-in.done"], (await trail.SearchAsync(new AuditSearch { Person = "asha" }, Cancellation)).Value().Lines.Select(l => l.Event));
    }

    [Fact]
    public async Task finds_by_person_patient_deed_and_time()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var meera = await clinic.Given.PatientAsync(with: p => p.Mrn = "DA-1");
        var task = await clinic.Given.TaskAsync(asha, patient: meera);
        await using (var doctor = clinic.As(asha))
        {
            (await doctor.Get<ITaskList>().MineAsync(Cancellation)).Value();
            clinic.Clock.Now += TimeSpan.FromHours(1);
            (await doctor.Get<ITaskList>().CompleteAsync(task, Cancellation)).Value();
        }

        clinic.Clock.Now += TimeSpan.FromHours(1);
        await using (var other = clinic.As(basu))
        {
            (await other.Get<ITaskList>().MineAsync(Cancellation)).Value();
        }

        await using var acting = clinic.As(await clinic.Given.AdminAsync());
        async Task<IEnumerable<string>> Find(AuditSearch search) => (await acting.Get<IAuditTrail>().SearchAsync(search, Cancellation)).Value().Lines.Select(l => l.Event);

        Assert.Equal(["tasks.read"], await Find(new AuditSearch { Person = "basu" }));
        Assert.Equal(["task.complete", "tasks.read"], await Find(new AuditSearch { Person = "ASHA" }));
        Assert.Empty(await Find(new AuditSearch { Person = "nobody" }));
        Assert.Equal(["task.complete"], await Find(new AuditSearch { Person = "asha", Deed = "task." }));
        Assert.Equal(["task.complete", "tasks.read"], await Find(new AuditSearch { Patient = "DA-1", Deed = "task" }));
        Assert.Empty(await Find(new AuditSearch { Patient = "DA-2", Deed = "task" }));
        Assert.Equal(["tasks.read"], await Find(new AuditSearch { Person = "asha", To = ClinicUnderTest.Eleven.AddMinutes(1) }));
        Assert.Equal(["task.complete"], await Find(new AuditSearch { Person = "asha", From = ClinicUnderTest.Eleven.AddMinutes(1) }));
    }

    [Fact]
    public async Task goes_page_by_page_without_losing_or_repeating_one_though_more_is_written()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await clinic.RunAsync("INSERT INTO audit_events (id, at, action, event) SELECT gen_random_uuid(), '2026-11-01'::timestamptz, 'R', 'old.read' FROM generate_series(1, 1120)");
        await using var acting = clinic.As(await clinic.Given.AdminAsync());
        var trail = acting.Get<IAuditTrail>();
        var (seen, search) = (new List<Guid>(), new AuditSearch { Deed = "old." });
        do
        {
            var page = (await trail.SearchAsync(search, Cancellation)).Value();
            seen.AddRange(page.Lines.Select(l => l.Id));
            Assert.InRange(page.Lines.Count, 1, AuditSearch.PageSize);
            search = search with { After = page.Next };
        }
        while (search.After is not null);

        Assert.Equal(1120, seen.Count);
        Assert.Equal(1120, seen.Distinct().Count());
        var all = new List<Guid>();
        await foreach (var line in (await trail.ExportAsync(new AuditSearch { Deed = "old." }, Cancellation)).Value().Lines)
        {
            all.Add(line.Id);
        }

        Assert.Equal(seen, all);
    }
}
