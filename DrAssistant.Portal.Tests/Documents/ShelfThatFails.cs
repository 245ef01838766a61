using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Objects;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Documents;

/// <summary>The real shelf of files, and a switch that takes it away.</summary>
internal sealed class ShelfThatFails(FileShelf files, IOptions<ClinicOptions> clinic) : IObjectShelf
{
    public bool IsAway { get; set; }

    public int Asked { get; private set; }

    public string Folder => Path.Combine(clinic.Value.DataFolder, "objects");

    public string Name => files.Name;

    public Task<string> OpenAsync(CancellationToken cancellation) => files.OpenAsync(cancellation);

    public Task PutAsync(string key, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation) => Here().PutAsync(key, write, cancellation);

    public Task<long?> LengthAsync(string key, CancellationToken cancellation) => Here().LengthAsync(key, cancellation);

    public Task<byte[]> ReadAsync(string key, long offset, int length, CancellationToken cancellation) => Here().ReadAsync(key, offset, length, cancellation);

    public Task<bool> DeleteAsync(string key, CancellationToken cancellation) => Here().DeleteAsync(key, cancellation);

    public IAsyncEnumerable<ShelvedObject> ListAsync(CancellationToken cancellation) => Here().ListAsync(cancellation);

    public Task<int> SweepUnfinishedAsync(DateTimeOffset before, CancellationToken cancellation) => Here().SweepUnfinishedAsync(before, cancellation);

    public Task<string?> ProblemAsync(CancellationToken cancellation) => files.ProblemAsync(cancellation);

    private FileShelf Here()
    {
        Asked++;
        return IsAway ? throw new IOException("No space left on device") : files;
    }
}
