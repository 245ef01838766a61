using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Stores.Objects;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Documents;

/// <summary>A clinic where Dr. Asha and the nurse Nila have Meera in their care, Dr. Basu has not; and an object store that can be taken away.</summary>
internal sealed class DocumentClinic : IAsyncDisposable
{
    private DocumentClinic(ClinicUnderTest clinic, ShelfThatFails shelf) => (Clinic, Shelf) = (clinic, shelf);

    public ClinicUnderTest Clinic { get; }

    public ShelfThatFails Shelf { get; }

    public ClinicPerson Asha { get; private set; } = null!;

    public ClinicPerson Nila { get; private set; } = null!;

    public ClinicPerson Basu { get; private set; } = null!;

    public ClinicPerson Desk { get; private set; } = null!;

    public Guid Meera { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<DocumentClinic> OpenAsync(ClinicDatabase databases)
    {
        var clinic = await ClinicUnderTest.OpenAsync(databases, with: services =>
        {
            services.AddSingleton<FileShelf>();
            services.AddSingleton<ShelfThatFails>();
            services.AddSingleton<IObjectShelf>(provider => provider.GetRequiredService<ShelfThatFails>());
        });
        var shelf = clinic.Services.GetRequiredService<ShelfThatFails>();
        await shelf.OpenAsync(Cancellation);
        var documents = new DocumentClinic(clinic, shelf);
        (documents.Asha, documents.Basu, documents.Nila, documents.Desk)
            = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"), await clinic.Given.NurseAsync(), await clinic.Given.ReceptionistAsync());
        documents.Meera = await clinic.Given.PatientAsync();
        await clinic.Given.CareAsync(documents.Asha, documents.Meera);
        await clinic.Given.CareAsync(documents.Nila, documents.Meera);
        return documents;
    }

    public UploadDraft Draft(byte[] file, string title = "Echocardiogram", DocumentAttachment? attachment = null, DocumentCategory category = DocumentCategory.Report)
        => new(Meera, new DocumentFacts(category, title, new DateOnly(2026, 10, 30)), attachment ?? DocumentAttachment.ToPatient, file.Length, Files.Hash(file));

    /// <summary>A part as a browser sends it.</summary>
    public static (ReadOnlyMemory<byte> Content, string Hash) Part(byte[] file, int number)
    {
        var from = number * DocumentLimits.PartLength;
        var part = file[from..Math.Min(file.Length, from + DocumentLimits.PartLength)];
        return (part, Files.Hash(part));
    }

    /// <summary>All of an upload up to its last answer.</summary>
    public async Task<Result<Guid>> SendAsync(ClinicPerson person, byte[] file, UploadDraft? draft = null)
    {
        await using var acting = Clinic.As(person);
        var uploads = acting.Get<IDocumentUploads>();
        var begun = await uploads.BeginAsync(draft ?? Draft(file), Cancellation);
        if (begun.Value is not { } state)
        {
            return begun.Refusal!;
        }

        foreach (var number in Enumerable.Range(0, state.Parts).Except(state.There))
        {
            var (content, hash) = Part(file, number);
            (await uploads.PartAsync(state.Id, number, content, hash, Cancellation)).Value();
        }

        return await uploads.FinishAsync(state.Id, Cancellation);
    }

    /// <summary>Uploaded, and in the object store if that is there.</summary>
    public async Task<Guid> KeptAsync(byte[] file, ClinicPerson? person = null, UploadDraft? draft = null)
    {
        var document = (await SendAsync(person ?? Asha, file, draft)).Value();
        await KeepAsync();
        return document;
    }

    /// <summary>What the background work does with all that waits by now.</summary>
    public async Task<int> KeepAsync()
    {
        for (var count = 0; ; count++)
        {
            await using var system = Clinic.AsSystem();
            if (!await system.Get<DocumentKeeping>().NextAsync(Cancellation))
            {
                return count;
            }
        }
    }

    public async Task<T> AskAsync<T>(ClinicPerson person, Func<IDocuments, Task<T>> ask)
    {
        await using var acting = Clinic.As(person);
        return await ask(acting.Get<IDocuments>());
    }

    public Task<DocumentView> FindAsync(Guid document) => AskAsync(Asha, async documents => (await documents.FindAsync(document, Cancellation)).Value());

    /// <summary>All its bytes, read in pieces of an odd size.</summary>
    public async Task<byte[]> ReadAsync(Guid document, ClinicPerson? person = null)
    {
        await using var acting = Clinic.As(person ?? Asha);
        await using var content = (await acting.Get<IDocuments>().OpenAsync(document, toKeep: false, Cancellation)).Value().Content;
        using var whole = new MemoryStream();
        await content.CopyToAsync(whole, 70_001, Cancellation);
        return whole.ToArray();
    }

    public ValueTask DisposeAsync() => Clinic.DisposeAsync();
}
