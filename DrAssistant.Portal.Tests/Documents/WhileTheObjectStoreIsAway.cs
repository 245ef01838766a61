using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Documents;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Documents;

public sealed class WhileTheObjectStoreIsAway(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_waits_sealed_in_the_database_is_read_from_there_and_goes_when_the_store_is_back()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        clinic.Shelf.IsAway = true;
        var file = Files.Pdf("Waiting words");

        var document = await clinic.KeptAsync(file);

        var view = await clinic.FindAsync(document);
        Assert.Equal((true, true, (int?)1), (view.Waiting, view.WasRefused, view.Pages)); // what is made of it does not wait
        Assert.Equal(file, await clinic.ReadAsync(document));
        Assert.Equal(1, await clinic.Clinic.BehindAsync(db => db.DocumentParts.CountAsync(Cancellation)));

        clinic.Shelf.IsAway = false;
        Assert.Equal(0, await clinic.KeepAsync()); // not before its time
        clinic.Clinic.Clock.Now += TimeSpan.FromSeconds(6);
        Assert.Equal(1, await clinic.KeepAsync());
        view = await clinic.FindAsync(document);
        Assert.Equal((false, false), (view.Waiting, view.WasRefused));
        Assert.Equal(0, await clinic.Clinic.BehindAsync(db => db.DocumentParts.CountAsync(Cancellation)));
        Assert.Equal(file, await clinic.ReadAsync(document));
    }

    [Fact]
    public async Task It_is_asked_again_later_and_later_but_never_later_than_ten_minutes()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        clinic.Shelf.IsAway = true;
        await clinic.KeptAsync(Files.Png());
        var waits = new List<double>();

        for (var n = 0; n < 9; n++)
        {
            var next = await clinic.Clinic.BehindAsync(db => db.PatientDocuments.Select(d => d.NextAttemptAt).SingleAsync(Cancellation));
            waits.Add((next!.Value - clinic.Clinic.Clock.Now).TotalSeconds);
            clinic.Clinic.Clock.Now += next.Value - clinic.Clinic.Clock.Now;
            Assert.Equal(1, await clinic.KeepAsync());
        }

        Assert.Equal([5, 10, 20, 40, 80, 160, 320, 600, 600], waits);
    }

    [Fact]
    public async Task The_admins_are_told_after_an_hour_once_a_day_and_of_each_time_anew()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var admin = await clinic.Clinic.Given.AdminAsync();
        clinic.Shelf.IsAway = true;
        var from = clinic.Clinic.Clock.Now;
        await clinic.KeptAsync(Files.Png());
        await clinic.KeptAsync(Files.Jpeg());

        Assert.Empty(await ToldAsync(clinic, from.AddMinutes(59)));
        var told = Assert.Single(await ToldAsync(clinic, from.AddMinutes(61)));
        Assert.Equal((admin.Id, "Documents wait for the object store", 1), (told.UserId, told.Title, told.Times));
        Assert.StartsWith("2 documents have waited since 05-Nov-2026", told.Message, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(await ToldAsync(clinic, from.AddHours(24))).Times);
        Assert.Equal(2, Assert.Single(await ToldAsync(clinic, from.AddHours(25.1))).Times);
        await using (var acting = clinic.Clinic.As(admin))
        {
            var state = (await acting.Get<ISystemState>().NowAsync(Cancellation)).Value();
            Assert.Equal((2, true, (DateTimeOffset?)from), (state.DocumentsWaiting, state.DocumentsWaitLong, state.DocumentsWaitingSince));
        }

        clinic.Shelf.IsAway = false;
        Assert.Equal(2, await clinic.KeepAsync());
        Assert.Equal(2, Assert.Single(await ToldAsync(clinic, from.AddHours(60))).Times);
        clinic.Shelf.IsAway = true;
        await clinic.KeptAsync(Files.Pdf("Another day"));
        Assert.Equal([2, 1], (await ToldAsync(clinic, from.AddHours(61.1))).Select(a => a.Times));
    }

    [Fact]
    public async Task One_that_it_has_cannot_be_opened_and_nothing_is_said_to_have_been_seen()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var document = await clinic.KeptAsync(Files.Png());
        clinic.Shelf.IsAway = true;

        (await clinic.AskAsync(clinic.Asha, d => d.OpenAsync(document, toKeep: false, Cancellation))).AssertRefused(RefusalKind.Unavailable);

        await clinic.Clinic.AssertTrailAsync(clinic.Asha, "document.upload");
    }

    [Fact]
    public async Task Two_portals_bring_one_document_once()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        foreach (var n in Enumerable.Range(1, 4))
        {
            (await clinic.SendAsync(clinic.Asha, Files.Png(10 * n, 10))).Value();
        }

        var brought = await Task.WhenAll(clinic.KeepAsync(), clinic.KeepAsync(), clinic.KeepAsync());

        Assert.Equal(4, brought.Sum());
        Assert.Equal(4, Directory.EnumerateFiles(clinic.Shelf.Folder, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task A_stream_that_was_opened_before_the_store_took_it_is_read_to_its_end()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        byte[] file = [.. Files.Dicom(), .. new byte[DocumentLimits.PartLength * 2]];
        var document = (await clinic.SendAsync(clinic.Asha, file)).Value();
        await using var acting = clinic.Clinic.As(clinic.Asha);
        await using var content = (await acting.Get<IDocuments>().OpenAsync(document, toKeep: true, Cancellation)).Value().Content;
        var head = new byte[1_000];
        await content.ReadExactlyAsync(head, Cancellation);

        Assert.Equal(1, await clinic.KeepAsync());

        using var rest = new MemoryStream();
        await content.CopyToAsync(rest, Cancellation);
        Assert.True(file.AsSpan().SequenceEqual([.. head, .. rest.ToArray()]));
    }

    /// <summary>What admins are told by then, the oldest first, after two portals have looked at the same moment.</summary>
    private static async Task<List<Alert>> ToldAsync(DocumentClinic clinic, DateTimeOffset now)
    {
        clinic.Clinic.Clock.Now = now;
        await Task.WhenAll(LookAsync(clinic), LookAsync(clinic));
        return await clinic.Clinic.BehindAsync(db => db.Alerts.AsNoTracking().Where(a => a.Source == WaitingDocuments.Source).OrderBy(a => a.CreatedAt).ToListAsync(Cancellation));
    }

    private static async Task LookAsync(DocumentClinic clinic)
    {
        await using var system = clinic.Clinic.AsSystem();
        await system.Get<WaitingDocuments>().TellAsync(Cancellation);
    }
}
