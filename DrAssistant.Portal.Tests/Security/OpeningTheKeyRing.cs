using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Security;

public sealed class OpeningTheKeyRing
{
    /// <summary>Set for the processes that this class starts: the folder that they share.</summary>
    private const string SharedFolder = "DRASSISTANT_TEST_RING_FOLDER";

    [Fact]
    public void gives_the_same_keys_again()
    {
        var shared = Environment.GetEnvironmentVariable(SharedFolder);
        using var own = shared is null ? new TemporaryFolder() : null;
        var folder = shared ?? own!.Path;

        var first = Fingerprint(Open(folder));
        var again = Fingerprint(Open(folder));

        Assert.Equal(first, again);
        File.WriteAllText(Path.Combine(folder, $"{Environment.ProcessId}.fingerprint"), first);
    }

    [Fact]
    public void gives_one_ring_to_processes_that_start_together()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(SharedFolder) is not null, "One generation of processes is enough.");
        using var folder = new TemporaryFolder();

        var processes = Enumerable.Range(0, 3).Select(_ => Start(folder.Path)).ToList();
        foreach (var process in processes)
        {
            Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)));
            Assert.Equal(0, process.ExitCode);
            process.Dispose();
        }

        var fingerprints = Directory.GetFiles(folder.Path, "*.fingerprint").Select(File.ReadAllText).ToList();
        Assert.Equal(3, fingerprints.Count);
        Assert.Single(fingerprints.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void gives_one_ring_to_callers_that_come_together()
    {
        using var folder = new TemporaryFolder();
        var fingerprints = new string[16];

        Parallel.For(0, fingerprints.Length, new ParallelOptions { MaxDegreeOfParallelism = fingerprints.Length }, at => fingerprints[at] = Fingerprint(Open(folder.Path)));

        Assert.Single(fingerprints.Distinct(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.tmp"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void keeps_its_files_to_their_owner()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        using var folder = new TemporaryFolder();
        var keys = folder["keys"];
        Open(keys);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(keys, "keyring.json")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(keys, "master.json")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(keys));
    }

    [Fact]
    public void holds_no_key_that_is_not_wrapped()
    {
        using var keys = new Keys();

        var file = File.ReadAllText(keys.RingPath);

        Assert.DoesNotContain(Convert.ToBase64String(keys.Ring.Newest.Material), file, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(keys.Ring.BlindIndexKey), file, StringComparison.Ordinal);
        Assert.Equal("DataKey 1", keys.Ring.Newest.ToString());
    }

    [Fact]
    public void without_the_master_key_is_refused_and_makes_no_new_one()
    {
        using var keys = new Keys();
        File.Delete(keys.MasterPath);

        var refused = Assert.Throws<KeyRingException>(keys.Open);

        Assert.Contains("Clinic:MasterKey", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(keys.MasterPath));
    }

    [Fact]
    public void with_another_practices_master_key_is_refused()
    {
        using var keys = new Keys();
        using var others = new Keys();
        File.Copy(others.MasterPath, keys.MasterPath, overwrite: true);

        Assert.Throws<KeyRingException>(keys.Open);
    }

    [Fact]
    public void with_a_key_put_in_another_ones_place_is_refused()
    {
        using var keys = new Keys();
        var file = JsonNode.Parse(File.ReadAllText(keys.RingPath))!;
        file["keys"]![0]!["wrapped"] = file["blindIndex"]!["wrapped"]!.DeepClone();
        File.WriteAllText(keys.RingPath, file.ToJsonString());

        Assert.Throws<KeyRingException>(keys.Open);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"version":9}""")]
    [InlineData("""{"version":1,"masterKey":1,"keys":[]}""")]
    public void from_a_damaged_file_is_refused_in_words(string content)
    {
        using var keys = new Keys();
        File.WriteAllText(keys.RingPath, content);
        Assert.Contains("Clinic:KeyRing", Assert.Throws<KeyRingException>(keys.Open).Message, StringComparison.Ordinal);

        File.WriteAllText(keys.MasterPath, content);
        Assert.Contains("Clinic:MasterKey", Assert.Throws<KeyRingException>(keys.Open).Message, StringComparison.Ordinal);
    }

    private static KeyRing Open(string folder)
        => KeyRing.Open(Path.Combine(folder, "keyring.json"), Path.Combine(folder, "master.json"), TimeProvider.System);

    private static string Fingerprint(KeyRing ring) => Convert.ToHexString(new BlindIndex(ring).Of(BlindIndexPurpose.Phone, "1"))
        + string.Concat(ring.Keys.Select(key => Convert.ToHexString(SHA256.HashData(key.Material))));

    private static Process Start(string folder)
    {
        var tests = typeof(OpeningTheKeyRing).Assembly.Location;
        var method = $"{typeof(OpeningTheKeyRing).FullName}.{nameof(gives_the_same_keys_again)}";
        var start = new ProcessStartInfo("dotnet", ["exec", tests, "-method", method])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { [SharedFolder] = folder },
        };
        return Process.Start(start)!;
    }
}
