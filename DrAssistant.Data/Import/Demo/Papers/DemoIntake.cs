using System.Security.Cryptography;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Import.Demo.Papers;

/// <summary>
/// Brings documents by the way that everybody's take: announced, sent in parts, inspected. What follows, picture, words, object store and index, is the
/// background work's, so that nobody waits for it at the first start.
/// </summary>
internal static class DemoIntake
{
    /// <summary>In a scope in which the practice itself acts.</summary>
    public static async Task TakeInAsync(IServiceProvider provider, IEnumerable<DemoDocument> documents, CancellationToken cancellation)
    {
        foreach (var document in documents)
        {
            var uploads = ActivatorUtilities.CreateInstance<DocumentUploadService>(provider, new InTheNameOf(document.Doctor));
            await TakeInAsync(uploads, document, cancellation);
        }
    }

    private static async Task TakeInAsync(DocumentUploadService uploads, DemoDocument document, CancellationToken cancellation)
    {
        var begun = await uploads.BeginAsync(
            new UploadDraft(document.Patient, document.Facts, document.Attachment, document.File.Length, Hash(document.File)), cancellation);
        var state = begun.Value ?? throw Refused(begun.Refusal!.Message);
        for (var number = 0; number < state.Parts; number++)
        {
            var from = number * state.PartLength;
            var part = document.File.AsMemory(from, Math.Min(state.PartLength, document.File.Length - from));
            if ((await uploads.PartAsync(state.Id, number, part, Hash(part.Span), cancellation)).Refusal is { } refusal)
            {
                throw Refused(refusal.Message);
            }
        }

        if ((await uploads.FinishAsync(state.Id, cancellation)).Refusal is { } objection)
        {
            throw Refused(objection.Message);
        }
    }

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static InvalidOperationException Refused(string why) => new($"A demo document was refused: {why}");

    /// <summary>Whose document it is said to be; the rows are written by the practice, as all of an import is.</summary>
    private sealed class InTheNameOf(Guid doctor) : ICurrentUser
    {
        public Guid? Id => doctor;

        public StaffRole? Role => StaffRole.Doctor;

        public string? FullName => null;

        public Guid? SessionId => null;

        public string? IpAddress => null;

        public string? UserAgent => null;

        public bool IsSystem => true;

        public bool Can(string permission) => RolePermissions.Grants(StaffRole.Doctor, permission);
    }
}
