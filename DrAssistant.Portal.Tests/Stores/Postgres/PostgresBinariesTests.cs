using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Stores.Postgres;

public sealed class PostgresBinariesTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task An_installed_PostgreSQL_is_found_without_a_setting()
    {
        var found = await PostgresBinaries.FindAsync(setting: null, made: null, Cancellation);

        Assert.InRange(found.Major, PostgresBinaries.OldestMajor, 99);
        Assert.True(File.Exists(found.Program("initdb")));
        Assert.Equal(found with { Folder = found.Folder }, await PostgresBinaries.FindAsync(found.Folder, made: found.Major, Cancellation));
    }

    [Fact]
    public async Task A_folder_without_the_programs_is_answered_with_what_to_install()
    {
        var refusal = await Assert.ThrowsAsync<ClinicStartupException>(() => PostgresBinaries.FindAsync(_temporary.Path, made: null, Cancellation));

        Assert.StartsWith($"There is no PostgreSQL (postgres, initdb, pg_ctl) in {_temporary.Path}: install version 15 or newer", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install postgresql", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres (PostgreSQL) 14.11", "PostgreSQL 14 is too old")]
    [InlineData("postgres (PostgreSQL) 9.6.24", "PostgreSQL 9 is too old")]
    public async Task A_version_that_is_too_old_is_refused(string answer, string reason)
    {
        Install(answer);
        var refusal = await Assert.ThrowsAsync<ClinicStartupException>(() => PostgresBinaries.FindAsync(_temporary.Path, made: null, Cancellation));
        Assert.StartsWith(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_is_never_started_with_another_major_version()
    {
        Install("postgres (PostgreSQL) 18.1");
        Assert.Equal(18, (await PostgresBinaries.FindAsync(_temporary.Path, made: null, Cancellation)).Major);

        var refusal = await Assert.ThrowsAsync<ClinicStartupException>(() => PostgresBinaries.FindAsync(_temporary.Path, made: 15, Cancellation));
        Assert.Contains("made by PostgreSQL 15", refusal.Message, StringComparison.Ordinal);
    }

    private void Install(string version)
    {
        foreach (var program in new[] { "postgres", "initdb", "pg_ctl" })
        {
            File.WriteAllText(_temporary[program], $"#!/bin/sh\necho '{version}'\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(_temporary[program], UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }
        }
    }
}
