using System.Security.Cryptography;
using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Documents;

public sealed class UploadingADocument(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parts_come_in_any_order_and_twice_and_the_whole_is_what_was_sent()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var file = LargeDicom();
        await using var acting = clinic.Clinic.As(clinic.Asha);
        var uploads = acting.Get<IDocumentUploads>();
        var state = (await uploads.BeginAsync(clinic.Draft(file), Cancellation)).Value();
        Assert.Equal((3, 1_048_576, 0), (state.Parts, state.PartLength, state.There.Count));

        foreach (var number in new[] { 2, 0, 2, 1, 1 })
        {
            var (content, hash) = DocumentClinic.Part(file, number);
            state = (await uploads.PartAsync(state.Id, number, content, hash, Cancellation)).Value();
        }

        Assert.Equal([0, 1, 2], state.There);
        var document = (await uploads.FinishAsync(state.Id, Cancellation)).Value();
        Assert.Equal(document, (await uploads.FinishAsync(state.Id, Cancellation)).Value()); // whoever lost the answer

        Assert.Equal(file, await clinic.ReadAsync(document)); // from its parts
        Assert.Equal(1, await clinic.KeepAsync());
        Assert.Equal(0, await clinic.Clinic.BehindAsync(db => db.DocumentParts.CountAsync(Cancellation)));
        Assert.Equal(file, await clinic.ReadAsync(document)); // from the object store

        var view = await clinic.FindAsync(document);
        Assert.Equal(("Echocardiogram", DocumentTypes.Dicom, (long)file.Length, false, DocumentShape.File, "Asha Rao"), (view.Title, view.ContentType, view.Length, view.Waiting, view.Shape, view.UploadedBy));
        await clinic.Clinic.AssertTrailAsync(clinic.Asha, "document.upload", "document.view", "document.view");
    }

    [Fact]
    public async Task Nothing_of_it_stands_in_the_database_in_clear()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var file = Files.Pdf("Unmistakable findings");
        await clinic.SendAsync(clinic.Asha, file, clinic.Draft(file, "Unmistakable title"));

        var part = await clinic.Clinic.BehindAsync(db => db.DocumentParts.AsNoTracking().SingleAsync(Cancellation));
        var row = await clinic.Clinic.BehindAsync(db => db.PatientDocuments.AsNoTracking().SingleAsync(Cancellation));

        Assert.Equal(-1, part.Content.AsSpan().IndexOf("%PDF"u8));
        Assert.Equal(-1, row.Title.AsSpan().IndexOf("Unmistakable"u8));
        await clinic.KeepAsync();
        Assert.All(Directory.EnumerateFiles(clinic.Shelf.Folder, "*", SearchOption.AllDirectories), kept => Assert.Equal(-1, File.ReadAllBytes(kept).AsSpan().IndexOf("%PDF"u8)));
    }

    [Fact]
    public async Task The_same_file_goes_on_where_it_was_and_another_persons_does_not()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var file = LargeDicom();
        Guid begun;
        await using (var first = clinic.Clinic.As(clinic.Asha))
        {
            var uploads = first.Get<IDocumentUploads>();
            begun = (await uploads.BeginAsync(clinic.Draft(file), Cancellation)).Value().Id;
            var (content, hash) = DocumentClinic.Part(file, 1);
            (await uploads.PartAsync(begun, 1, content, hash, Cancellation)).Value();
        }

        var unfinished = Assert.Single(await clinic.AskAsync(clinic.Asha, async d => (await d.ListAsync(new DocumentListQuery(clinic.Meera), Cancellation)).Value().Unfinished));
        Assert.Equal(("Echocardiogram", (long)file.Length, 1_048_576L), (unfinished.Title, unfinished.Length, unfinished.Arrived));
        await using (var nila = clinic.Clinic.As(clinic.Nila))
        {
            var uploads = nila.Get<IDocumentUploads>();
            (await uploads.StateAsync(begun, Cancellation)).AssertRefused(RefusalKind.NotFound);
            (await uploads.FinishAsync(begun, Cancellation)).AssertRefused(RefusalKind.NotFound);
            (await uploads.CancelAsync(begun, Cancellation)).AssertRefused(RefusalKind.NotFound);
            var (content, hash) = DocumentClinic.Part(file, 0);
            (await uploads.PartAsync(begun, 0, content, hash, Cancellation)).AssertRefused(RefusalKind.NotFound);
            Assert.Empty((await uploads.BeginAsync(clinic.Draft(file), Cancellation)).Value().There);
        }

        await using var again = clinic.Clinic.As(clinic.Asha);
        var state = (await again.Get<IDocumentUploads>().BeginAsync(clinic.Draft(file, "Better title"), Cancellation)).Value();
        Assert.Equal(begun, state.Id);
        Assert.Equal([1], state.There);
        (await again.Get<IDocumentUploads>().FinishAsync(begun, Cancellation)).AssertRefused(RefusalKind.Conflict);
        Assert.Equal(begun, await clinic.KeptAsync(file));
        Assert.Equal("Echocardiogram", (await clinic.FindAsync(begun)).Title); // as was said last
    }

    [Fact]
    public async Task A_part_that_is_none_is_refused_and_a_whole_that_is_another_is_gone()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var file = LargeDicom();
        await using var acting = clinic.Clinic.As(clinic.Asha);
        var uploads = acting.Get<IDocumentUploads>();
        var other = RandomNumberGenerator.GetBytes(file.Length);
        var upload = (await uploads.BeginAsync(clinic.Draft(file) with { Sha256 = Files.Hash(other) }, Cancellation)).Value().Id;
        var (content, hash) = DocumentClinic.Part(file, 0);

        foreach (var number in new[] { -1, 3 })
        {
            (await uploads.PartAsync(upload, number, content, hash, Cancellation)).AssertRefused(RefusalKind.Invalid);
        }

        (await uploads.PartAsync(upload, 0, content[1..], Files.Hash(content.Span[1..]), Cancellation)).AssertRefused(RefusalKind.Invalid);
        (await uploads.PartAsync(upload, 0, content, Files.Hash("other"u8), Cancellation)).AssertRefused(RefusalKind.Invalid);
        for (var number = 0; number < 3; number++)
        {
            var (part, said) = DocumentClinic.Part(file, number);
            (await uploads.PartAsync(upload, number, part, said, Cancellation)).Value();
        }

        (await uploads.FinishAsync(upload, Cancellation)).AssertRefused(RefusalKind.Invalid);

        Assert.Equal((0, 0), await clinic.Clinic.BehindAsync(async db => (await db.PatientDocuments.CountAsync(Cancellation), await db.DocumentParts.CountAsync(Cancellation))));
        await clinic.Clinic.AssertTrailAsync(clinic.Asha, "document.upload");
        Assert.Equal("refused", (await clinic.Clinic.TrailOfAsync(clinic.Asha)).Single().Outcome);
    }

    [Fact]
    public async Task What_may_not_be_kept_leaves_nothing_behind()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        foreach (var hostile in new[] { "<html>"u8.ToArray(), Files.PngBomb(60_000, 60_000), Files.Pdf("Half")[..^20] })
        {
            (await clinic.SendAsync(clinic.Asha, hostile)).AssertRefused(RefusalKind.Invalid);
        }

        Assert.Equal(0, await clinic.Clinic.BehindAsync(db => db.PatientDocuments.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task What_is_said_is_checked_before_a_byte_is_sent()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        await using var acting = clinic.Clinic.As(clinic.Asha);
        var (uploads, draft) = (acting.Get<IDocumentUploads>(), clinic.Draft(Files.Png()));
        foreach (var wrong in new[]
        {
            draft with { Length = 0 },
            draft with { Length = DocumentLimits.Largest + 1 },
            draft with { Sha256 = "abc" },
            draft with { Facts = draft.Facts with { Title = " " } },
            draft with { Facts = draft.Facts with { Date = new DateOnly(2026, 11, 6) } },
            draft with { Facts = draft.Facts with { Date = new DateOnly(1066, 10, 14) } },
            draft with { Facts = draft.Facts with { Category = (DocumentCategory)99 } },
        })
        {
            (await uploads.BeginAsync(wrong, Cancellation)).AssertRefused(RefusalKind.Invalid);
        }

        (await uploads.BeginAsync(draft with { PatientId = Guid.CreateVersion7() }, Cancellation)).AssertRefused(RefusalKind.NotFound);
        var ofAnother = await clinic.Clinic.Given.EncounterAsync(clinic.Basu, await clinic.Clinic.Given.PatientAsync("Ravi", "Kumar"), clinic.Clinic.Clock.Now);
        (await uploads.BeginAsync(draft with { Attachment = new DocumentAttachment(EncounterId: ofAnother) }, Cancellation)).AssertRefused(RefusalKind.NotFound);
    }

    [Fact]
    public async Task A_file_that_was_begun_for_one_thing_may_be_finished_for_another()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var file = Files.Png();
        var visit = await clinic.Clinic.Given.EncounterAsync(clinic.Asha, clinic.Meera, clinic.Clinic.Clock.Now.AddDays(-2));
        var result = await clinic.Clinic.Given.ResultAsync(clinic.Asha, clinic.Meera, "HbA1c", 8.1m);
        await using (var acting = clinic.Clinic.As(clinic.Asha))
        {
            (await acting.Get<IDocumentUploads>().BeginAsync(clinic.Draft(file, attachment: new DocumentAttachment(EncounterId: visit)), Cancellation)).Value();
        }

        var document = await clinic.KeptAsync(file, draft: clinic.Draft(file, attachment: new DocumentAttachment(ResultId: result)));

        Assert.Equal(new DocumentAttachment(ResultId: result), (await clinic.FindAsync(document)).Attachment);
    }

    [Fact]
    public async Task The_same_file_twice_is_refused_unless_the_first_was_an_error()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var file = Files.Png();
        var first = await clinic.KeptAsync(file);

        var refused = (await clinic.SendAsync(clinic.Nila, file)).Refusal!;
        Assert.Equal((RefusalKind.Conflict, "This file is already here: Echocardiogram, 30-Oct-2026."), (refused.Kind, refused.Message));

        (await clinic.AskAsync(clinic.Asha, d => d.MarkInErrorAsync(first, "Of another patient", Cancellation))).Value();
        Assert.NotEqual(first, await clinic.KeptAsync(file, clinic.Nila));
    }

    [Fact]
    public async Task What_is_given_up_is_gone_at_once_and_what_is_forgotten_after_a_week()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        await using var acting = clinic.Clinic.As(clinic.Asha);
        var uploads = acting.Get<IDocumentUploads>();
        var (content, hash) = DocumentClinic.Part(Files.Png(), 0);
        var given = (await uploads.BeginAsync(clinic.Draft(Files.Png()), Cancellation)).Value().Id;
        (await uploads.PartAsync(given, 0, content, hash, Cancellation)).Value();
        var kept = await clinic.KeptAsync(Files.Jpeg());
        (await uploads.BeginAsync(clinic.Draft(Files.Pdf("forgotten")), Cancellation)).Value();

        Assert.True((await uploads.CancelAsync(given, Cancellation)).Value());
        (await uploads.CancelAsync(given, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await uploads.CancelAsync(kept, Cancellation)).AssertRefused(RefusalKind.NotFound);

        Assert.Equal(0, await SweepAsync(clinic));
        clinic.Clinic.Clock.Now += TimeSpan.FromDays(8);
        Assert.Equal(1, await SweepAsync(clinic));
        Assert.Equal(kept, await clinic.Clinic.BehindAsync(db => db.PatientDocuments.Select(d => d.Id).SingleAsync(Cancellation)));
    }

    private static async Task<int> SweepAsync(DocumentClinic clinic)
    {
        await using var system = clinic.Clinic.AsSystem();
        return await system.Get<DocumentKeeping>().SweepAsync(Cancellation);
    }

    /// <summary>Of two whole parts and a piece, and no part like another.</summary>
    private static byte[] LargeDicom() => [.. Files.Dicom(), .. RandomNumberGenerator.GetBytes((2 * DocumentLimits.PartLength) + 12_345)];
}
