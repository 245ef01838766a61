using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Stores.Postgres;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private string Data => _temporary["data"];

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void It_is_made_for_its_owner_alone_and_keeps_its_identity()
    {
        string id;
        using (var first = DataFolder.Take(Data))
        {
            id = first.Id;
        }

        using var second = DataFolder.Take(Data + "/");
        Assert.Equal(id, second.Id);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ModeOf(Data));
    }

    [Fact]
    public void A_second_portal_is_refused_in_a_sentence_that_names_the_folder()
    {
        using var first = DataFolder.Take(Data);

        var refusal = Assert.Throws<ClinicStartupException>(() => DataFolder.Take(Data));

        Assert.Equal($"Another portal is already running on the data folder {first.Path}: stop it, or give this one a folder of its own with Clinic:DataFolder.", refusal.Message);
    }

    [Fact]
    public void A_folder_with_other_peoples_files_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "holiday.txt"), "mine");

        var refusal = Assert.Throws<ClinicStartupException>(() => DataFolder.Take(Data));

        Assert.StartsWith($"The folder {Data} is not empty and was not made by Dr. Assistant", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(Data, "holiday.txt")], Directory.EnumerateFileSystemEntries(Data));
    }

    [Fact]
    public void An_empty_folder_is_taken_and_closed_to_others()
    {
        Directory.CreateDirectory(Data);
        Assert.NotEqual(UnixFileMode.None, ModeOf(Data) & UnixFileMode.OtherExecute);

        using var folder = DataFolder.Take(Data);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ModeOf(Data));
    }

    [Fact]
    public void A_file_in_the_folders_place_is_refused()
    {
        File.WriteAllText(Data, "a file");
        Assert.Contains(Data, Assert.Throws<ClinicStartupException>(() => DataFolder.Take(Data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_that_was_killed_before_it_named_the_folder_is_finished_by_the_next()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "dr-assistant.folder"), "");

        using var folder = DataFolder.Take(Data);

        Assert.True(Guid.TryParse(folder.Id, out _));
    }

    [Fact]
    public void One_folder_has_one_name_however_it_is_reached()
    {
        using (var direct = DataFolder.Take(Data))
        {
            Assert.Equal(Data, direct.Path);
        }

        Directory.CreateSymbolicLink(_temporary["link"], _temporary.Path);
        using var linked = DataFolder.Take(Path.Combine(_temporary["link"], "data"));
        Assert.Equal(Data, linked.Path);
    }

    [Fact]
    public void A_secret_is_random_stays_and_is_its_owners_alone()
    {
        string secret;
        using (var folder = DataFolder.Take(Data))
        {
            secret = folder.Secret("clinic-app");
            Assert.NotEqual(secret, folder.Secret("clinic-owner"));
        }

        using var again = DataFolder.Take(Data);
        Assert.Equal(secret, again.Secret("clinic-app"));
        Assert.Equal(43, secret.Length); // 256 bits in base64
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(Path.Combine(Data, "secrets", "clinic-app")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ModeOf(Path.Combine(Data, "secrets")));
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(Path.Combine(Data, "secrets")).Count());
    }

    [Fact]
    public void A_damaged_secret_is_named_and_never_replaced()
    {
        using var folder = DataFolder.Take(Data);
        folder.Secret("clinic-app");
        var file = Path.Combine(Data, "secrets", "clinic-app");
        File.WriteAllText(file, "short");

        Assert.Contains(file, Assert.Throws<ClinicStartupException>(() => folder.Secret("clinic-app")).Message, StringComparison.Ordinal);
        Assert.Equal("short", File.ReadAllText(file));
    }

    [Fact]
    public void Looking_does_not_disturb_the_portal_that_holds_the_folder()
    {
        using var held = DataFolder.Take(Data);
        held.Secret("clinic-app");

        using var look = DataFolder.Look(Data);

        Assert.Equal(held.Id, look.Id);
        Assert.Equal(held.Secret("clinic-app"), look.ReadSecret("clinic-app"));
        Assert.Null(look.ReadSecret("clinic-worker"));
    }

    [Fact]
    public void Looking_where_there_is_nothing_says_so_and_makes_nothing()
    {
        Assert.StartsWith("There is no data folder", Assert.Throws<ClinicStartupException>(() => DataFolder.Look(Data)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);
}
