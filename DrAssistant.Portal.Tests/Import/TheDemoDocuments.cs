using System.Security.Cryptography;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Import.Demo.Papers;
using DrAssistant.Data.Patients.Timeline;
using DrAssistant.Data.Stores.Objects;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;

namespace DrAssistant.Portal.Tests.Import;

/// <summary>A demo practice whose documents have gone all their way.</summary>
public sealed class TheDemoDocuments(FilledDemo demo) : IClassFixture<FilledDemo>, IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await demo.Clinic.Services.GetRequiredService<ObjectStoreOpening>().OpenAsync(Cancellation);
        await using var system = demo.Clinic.AsSystem();
        while (await system.Get<DocumentKeeping>().NextAsync(Cancellation))
        {
            // Each goes to the object store, as in the background.
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("dr.meera.iyer", "Laboratory report, Nandi Diagnostics", DocumentTypes.Pdf)]
    [InlineData("dr.meera.iyer", "Referral from Lakeside Family Clinic", DocumentTypes.Pdf)]
    [InlineData("dr.arjun.menon", "Discharge summary, Sunrise Children's Hospital", DocumentTypes.Pdf)]
    [InlineData("dr.imran.qureshi", "ECG, rhythm strip", DocumentTypes.Png)]
    [InlineData("dr.imran.qureshi", "Chest X-ray, front", DocumentTypes.Jpeg)]
    [InlineData("dr.kavita.rao", "Plaques at the left elbow", DocumentTypes.Jpeg)]
    public async Task Open_for_their_doctor(string doctor, string title, string type)
    {
        await using var acting = demo.Clinic.As(await demo.Clinic.PersonAsync(doctor));
        var document = await FindAsync(acting, title);
        var opened = (await acting.Get<IDocuments>().OpenAsync(document.Id, toKeep: false, Cancellation)).Value();
        await using var content = opened.Content;
        using var whole = new MemoryStream();
        await content.CopyToAsync(whole, Cancellation);

        Assert.Equal((type, false), (document.ContentType, document.Waiting));
        Assert.Equal(opened.Sha256, Convert.ToHexStringLower(SHA256.HashData(whole.ToArray())));
        if (document.Shape is DocumentShape.Picture)
        {
            using var picture = SKBitmap.Decode(whole.ToArray());
            Assert.True(picture.Width >= 1000);
            Assert.True((await acting.Get<IDocuments>().ThumbnailAsync(document.Id, Cancellation)).Value().Length > 1_000);
        }
        else
        {
            Assert.Equal(1, document.Pages);
        }
    }

    [Theory]
    [InlineData("dr.meera.iyer", "Referral from Lakeside Family Clinic", "monofilament is felt")]
    [InlineData("dr.arjun.menon", "Discharge summary, Sunrise Children's Hospital", "hyperinflation, no consolidation")]
    public async Task Are_found_in_their_chart_by_their_words(string doctor, string title, string words)
    {
        await using var acting = demo.Clinic.As(await demo.Clinic.PersonAsync(doctor));
        var document = await FindAsync(acting, title);

        var page = (await acting.Get<IPatientTimeline>().PageAsync(document.PatientId, TimelineFilter.All with { Text = words }, null, Cancellation)).Value();

        Assert.Contains(page.Visits.SelectMany(v => v.Entries), e => e.SubjectId == document.Id);
    }

    [Fact]
    public async Task Have_the_paper_of_the_critical_value_beside_it()
    {
        await using var acting = demo.Clinic.As(await demo.Clinic.PersonAsync("dr.meera.iyer"));
        var document = await FindAsync(acting, "Laboratory report, Nandi Diagnostics");

        Assert.Equal("critical_high", await demo.Clinic.OneAsync<string>("SELECT flag FROM results WHERE id = $1 AND patient_id = $2", document.Attachment.ResultId!, document.PatientId));
    }

    [Fact]
    public async Task Are_all_in_the_object_store_and_small()
    {
        Assert.Equal(["jpeg", "jpeg", "pdf", "pdf", "pdf", "png"], await demo.Clinic.ColumnAsync<string>("SELECT split_part(content_type, '/', 2) FROM patient_documents WHERE status = 'stored' ORDER BY 1"));
        Assert.Equal(0, await demo.Clinic.OneAsync<long>("SELECT count(*) FROM document_parts"));
        Assert.True(await demo.Clinic.OneAsync<decimal>("SELECT sum(content_length) FROM patient_documents") < 1_500_000);
    }

    [Fact]
    public void Are_drawn_the_same_every_time()
    {
        Assert.Equal(DemoPictures.FibrillatingEcg(), DemoPictures.FibrillatingEcg());
        Assert.Equal(DemoPictures.WideHeart(), DemoPictures.WideHeart());
        Assert.Equal(DemoPictures.Plaques(), DemoPictures.Plaques());
    }

    /// <summary>In the charts of whoever asks.</summary>
    private async Task<DocumentView> FindAsync(ActingPerson acting, string title)
    {
        var patients = await demo.Clinic.ColumnAsync<Guid>("SELECT DISTINCT patient_id FROM patient_documents");
        foreach (var patient in patients)
        {
            if ((await acting.Get<IDocuments>().ListAsync(new DocumentListQuery(patient), Cancellation)).Value?.Documents.FirstOrDefault(d => d.Title == title) is { } found)
            {
                return found;
            }
        }

        throw new InvalidOperationException($"{title} is in none of their charts.");
    }
}
