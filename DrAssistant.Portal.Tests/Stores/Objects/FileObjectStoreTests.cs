using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Objects;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Stores.Objects;

public sealed class FileObjectStoreTests : ObjectStoreContract
{
    private readonly TemporaryFolder _folder = new();
    private readonly StoppedClock _clock = new(ClinicUnderTest.Eleven);
    private FileShelf? _shelf;

    internal override IObjectShelf Shelf => _shelf ??= Opened();

    private string Objects => Path.Combine(_folder.Path, "objects");

    [Fact]
    public async Task A_file_is_closed_to_others_and_nothing_unfinished_stays_beside_it()
    {
        await using var content = new MemoryStream([1, 2, 3]);
        await Store.PutAsync(content, "application/pdf", Cancellation);

        var file = Assert.Single(Directory.GetFiles(Objects, "*", SearchOption.AllDirectories));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_a_store_that_does_not_answer()
    {
        await using var content = new MemoryStream([1, 2, 3]);
        var put = await Store.PutAsync(content, "application/pdf", Cancellation);
        Assert.Null(await Shelf.ProblemAsync(Cancellation));

        Directory.Delete(Objects, recursive: true);

        Assert.NotNull(await Shelf.ProblemAsync(Cancellation));
        Assert.False((await Assert.ThrowsAsync<ObjectStoreException>(() => Store.ReadAsync(put.Key, put.Sha256, Cancellation))).IsDamaged);
    }

    [Fact]
    public async Task What_a_crash_left_unfinished_is_swept_away_at_the_next_start()
    {
        var (old, fresh) = (Path.Combine(Objects, "old.part"), Path.Combine(Objects, "fresh.part"));
        Assert.NotNull(Shelf);
        await File.WriteAllTextAsync(old, "", Cancellation);
        await File.WriteAllTextAsync(fresh, "", Cancellation);
        File.SetLastWriteTimeUtc(old, _clock.GetUtcNow().AddDays(-2).UtcDateTime);
        File.SetLastWriteTimeUtc(fresh, _clock.GetUtcNow().UtcDateTime);

        await Shelf.OpenAsync(Cancellation);

        Assert.Equal([fresh], Directory.GetFiles(Objects));
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }

    private FileShelf Opened()
    {
        var shelf = new FileShelf(Options.Create(new ClinicOptions { DataFolder = _folder.Path }), _clock);
        PrepareFolder();
        return shelf;
    }

    private void PrepareFolder() => Directory.CreateDirectory(Objects);
}
