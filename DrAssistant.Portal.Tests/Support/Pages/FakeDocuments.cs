using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;

namespace DrAssistant.Portal.Tests.Support.Pages;

internal sealed class FakeDocuments : IDocuments
{
    public List<DocumentView> Kept { get; } = [];

    public List<UnfinishedUpload> Unfinished { get; } = [];

    public List<string> Asked { get; } = [];

    public Task<Result<DocumentList>> ListAsync(DocumentListQuery query, CancellationToken cancellation)
    {
        Asked.Add($"list {query.Category} {query.WithErrors}");
        var whole = Kept.Where(d => d.Error is null).ToList();
        return Task.FromResult<Result<DocumentList>>(new DocumentList(
            [.. Kept.Where(d => (query.WithErrors || d.Error is null) && (query.Category is null || d.Category == query.Category))],
            More: false, whole.GroupBy(d => d.Category).ToDictionary(g => g.Key, g => g.Count()), Kept.Count - whole.Count, Unfinished));
    }

    public Task<Result<DocumentsOfSome>> OfResultsAsync(Guid patientId, IReadOnlyCollection<Guid> resultIds, CancellationToken cancellation)
        => Task.FromResult<Result<DocumentsOfSome>>(new DocumentsOfSome(
            [.. Kept.Where(d => d is { Error: null, Attachment.ResultId: { } of } && d.PatientId == patientId && resultIds.Contains(of)).Select(d => (d.Attachment.ResultId!.Value, d))]));

    public Task<Result<DocumentView>> FindAsync(Guid documentId, CancellationToken cancellation)
        => Task.FromResult(Kept.Find(d => d.Id == documentId) is { } found ? (Result<DocumentView>)found : Refusal.NotFound("Document"));

    public Task<Result<DocumentFile>> OpenAsync(Guid documentId, bool toKeep, CancellationToken cancellation) => Task.FromResult<Result<DocumentFile>>(Refusal.NotFound("Document"));

    public Task<Result<ReadOnlyMemory<byte>>> ThumbnailAsync(Guid documentId, CancellationToken cancellation) => Task.FromResult<Result<ReadOnlyMemory<byte>>>(Refusal.NotFound("Picture"));

    public Task<Result<DocumentView>> ChangeAsync(Guid documentId, DocumentFacts facts, CancellationToken cancellation)
        => ReplaceAsync(documentId, $"change {facts.Title} {facts.Category}", d => d with { Title = facts.Title, Category = facts.Category, Date = facts.Date, Description = facts.Description });

    public Task<Result<DocumentView>> MarkInErrorAsync(Guid documentId, string reason, CancellationToken cancellation)
        => ReplaceAsync(documentId, $"mark {reason}", d => d with { Error = new DocumentError(Day.Now, "Dr. Meera Iyer", reason) });

    private Task<Result<DocumentView>> ReplaceAsync(Guid documentId, string asked, Func<DocumentView, DocumentView> change)
    {
        Asked.Add(asked);
        var at = Kept.FindIndex(d => d.Id == documentId);
        Kept[at] = change(Kept[at]);
        return Task.FromResult<Result<DocumentView>>(Kept[at]);
    }
}

internal sealed class FakeUploads : IDocumentUploads
{
    public List<Guid> Cancelled { get; } = [];

    public Task<Result<UploadState>> BeginAsync(UploadDraft draft, CancellationToken cancellation) => Task.FromResult<Result<UploadState>>(Refusal.NotFound("Patient"));

    public Task<Result<UploadState>> StateAsync(Guid uploadId, CancellationToken cancellation) => Task.FromResult<Result<UploadState>>(Refusal.NotFound("Upload"));

    public Task<Result<UploadState>> PartAsync(Guid uploadId, int number, ReadOnlyMemory<byte> content, string sha256, CancellationToken cancellation)
        => Task.FromResult<Result<UploadState>>(Refusal.NotFound("Upload"));

    public Task<Result<Guid>> FinishAsync(Guid uploadId, CancellationToken cancellation) => Task.FromResult<Result<Guid>>(Refusal.NotFound("Upload"));

    public Task<Result<bool>> CancelAsync(Guid uploadId, CancellationToken cancellation)
    {
        Cancelled.Add(uploadId);
        return Task.FromResult<Result<bool>>(true);
    }
}
