using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;

namespace DrAssistant.Portal.Tests.Staff.SignIn;

/// <summary>What every place that sessions are kept in must do, on a real PostgreSQL, by a clock that the test moves.</summary>
public abstract class SessionContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected abstract Task<SignInClinic> OpenAsync();

    [Fact]
    public async Task ends_after_thirty_minutes_in_which_nothing_was_done()
    {
        await using var clinic = await OpenAsync();
        await clinic.PersonAsync();
        var meera = await clinic.SignedInAsync("meera.iyer");

        clinic.Clock.Now += TimeSpan.FromMinutes(29.9);
        Assert.NotNull(await clinic.FindAsync(meera));
        Assert.False(await clinic.HasEndedAsync(meera));

        clinic.Clock.Now += TimeSpan.FromMinutes(.1);
        Assert.Null(await clinic.FindAsync(meera));
        Assert.True(await clinic.HasEndedAsync(meera));
        Assert.False(await clinic.TouchAsync(meera));
        Assert.Null(await clinic.FindAsync(meera));
    }

    [Fact]
    public async Task goes_on_while_it_is_used_but_not_beyond_twelve_hours()
    {
        await using var clinic = await OpenAsync();
        await clinic.PersonAsync();
        var meera = await clinic.SignedInAsync("meera.iyer");

        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(12) - TimeSpan.FromMinutes(25); passed += TimeSpan.FromMinutes(25))
        {
            clinic.Clock.Now += TimeSpan.FromMinutes(25);
            Assert.True(await clinic.TouchAsync(meera), $"after {passed}");
        }

        clinic.Clock.Now = SignInClinic.Morning.AddHours(12).AddSeconds(-1);
        Assert.True(await clinic.TouchAsync(meera));
        clinic.Clock.Now = SignInClinic.Morning.AddHours(12);
        Assert.False(await clinic.TouchAsync(meera));
        Assert.Null(await clinic.FindAsync(meera));
        Assert.True(await clinic.HasEndedAsync(meera));
    }

    [Fact]
    public async Task is_written_at_most_once_a_minute_and_never_by_looking()
    {
        await using var clinic = await OpenAsync();
        await clinic.PersonAsync();
        var meera = await clinic.SignedInAsync("meera.iyer");

        clinic.Clock.Now += TimeSpan.FromSeconds(59);
        Assert.True(await clinic.TouchAsync(meera));
        await clinic.FindAsync(meera);
        await clinic.HasEndedAsync(meera);
        Assert.Equal(SignInClinic.Morning, (await clinic.FindAsync(meera))?.LastActivityAt);

        clinic.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.True(await clinic.TouchAsync(meera));
        Assert.Equal(SignInClinic.Morning.AddMinutes(1), (await clinic.FindAsync(meera))?.LastActivityAt);
    }

    [Fact]
    public async Task ends_when_it_is_revoked_and_the_trail_says_by_whom_and_why()
    {
        await using var clinic = await OpenAsync();
        await clinic.PersonAsync();
        var admin = await clinic.PersonAsync("omar.khan", StaffRole.Admin, "Omar Khan");
        var (meera, omar) = (await clinic.SignedInAsync("meera.iyer"), await clinic.SignedInAsync("omar.khan"));

        var ended = await clinic.SessionsAsync(omar, s => s.RevokeAsync(meera.Session.Id, "left her desk", Cancellation));

        Assert.Equal(1, ended.Value);
        Assert.Null(await clinic.FindAsync(meera));
        Assert.True(await clinic.HasEndedAsync(meera));
        Assert.False(await clinic.TouchAsync(meera));
        Assert.Equal(0, (await clinic.SessionsAsync(omar, s => s.RevokeAsync(meera.Session.Id, "again", Cancellation))).Value);
        var entry = Assert.Single(await clinic.TrailAsync(), e => e.Event == "session.revoke");
        Assert.Equal((admin, meera.Session.Id, "left her desk", omar.Session.Id), (entry.ActorId, entry.ResourceId, entry.Reason, entry.SessionId));
        Assert.Equal(admin, await clinic.AskAsync<Guid>("SELECT revoked_by FROM sessions WHERE id = $1", meera.Session.Id));
    }

    [Fact]
    public async Task is_its_own_persons_to_end_and_nobody_elses()
    {
        await using var clinic = await OpenAsync();
        var meeraId = await clinic.PersonAsync();
        await clinic.PersonAsync("arun.rao", fullName: "Arun Rao");
        var (meera, arun) = (await clinic.SignedInAsync("meera.iyer"), await clinic.SignedInAsync("arun.rao"));

        var notHis = await clinic.SessionsAsync(arun, s => s.RevokeAsync(meera.Session.Id, "mischief", Cancellation));
        var notThere = await clinic.SessionsAsync(arun, s => s.RevokeAsync(Guid.CreateVersion7(), "mischief", Cancellation));
        var notAllOfHers = await clinic.SessionsAsync(arun, s => s.RevokeAllAsync(meeraId, "mischief", exceptThisOne: false, Cancellation));
        var nobody = await clinic.SessionsAsync(null, s => s.RevokeAsync(meera.Session.Id, "mischief", Cancellation));

        Assert.Equal(notThere.Refusal, notHis.Refusal);
        Assert.Equal(RefusalKind.NotFound, notHis.Refusal?.Kind);
        Assert.Equal((RefusalKind.Forbidden, RefusalKind.Forbidden), (notAllOfHers.Refusal?.Kind, nobody.Refusal?.Kind));
        Assert.NotNull(await clinic.FindAsync(meera));

        Assert.Equal(1, (await clinic.SessionsAsync(meera, s => s.RevokeAsync(meera.Session.Id, "signed out", Cancellation))).Value);
        Assert.Single(await clinic.TrailAsync(), e => e.Event == "sign-out.done");
    }

    [Fact]
    public async Task can_be_ended_together_with_all_others_of_its_person()
    {
        await using var clinic = await OpenAsync();
        var meeraId = await clinic.PersonAsync();
        await clinic.PersonAsync("arun.rao", fullName: "Arun Rao");
        var (here, there, elsewhere) = (await clinic.SignedInAsync("meera.iyer"), await clinic.SignedInAsync("meera.iyer"), await clinic.SignedInAsync("meera.iyer"));
        var arun = await clinic.SignedInAsync("arun.rao");

        Assert.Equal(3, (await clinic.SessionsAsync(here, s => s.MineAsync(Cancellation))).Value?.Count);
        Assert.Equal(2, (await clinic.SessionsAsync(here, s => s.RevokeAllAsync(meeraId, "lost a laptop", exceptThisOne: true, Cancellation))).Value);

        Assert.Equal([here.Session.Id], (await clinic.SessionsAsync(here, s => s.MineAsync(Cancellation))).Value?.Select(s => s.Id));
        Assert.Equal(
            [there.Session.Id, elsewhere.Session.Id],
            (await clinic.SessionsAsync(null, s => s.EndedAsync([here.Session.Id, there.Session.Id, elsewhere.Session.Id, arun.Session.Id], Cancellation))).Order());
    }

    [Fact]
    public async Task ends_with_its_persons_account_and_follows_its_role()
    {
        await using var clinic = await OpenAsync();
        var id = await clinic.PersonAsync();
        var meera = await clinic.SignedInAsync("meera.iyer");

        await clinic.AskAsync<object>("UPDATE users SET role = 'nurse' WHERE id = $1", id);
        Assert.Equal(StaffRole.Nurse, (await clinic.FindAsync(meera))?.Role);

        await clinic.AskAsync<object>("UPDATE users SET status = 'inactive' WHERE id = $1", id);
        Assert.Null(await clinic.FindAsync(meera));
        Assert.True(await clinic.HasEndedAsync(meera));
        Assert.False(await clinic.TouchAsync(meera));
    }

    [Fact]
    public async Task says_when_it_ends_if_nothing_more_is_done()
    {
        await using var clinic = await OpenAsync();
        await clinic.PersonAsync();
        var (meera, gone) = (await clinic.SignedInAsync("meera.iyer"), await clinic.SignedInAsync("meera.iyer"));
        await clinic.SessionsAsync(meera, s => s.RevokeAsync(gone.Session.Id, "ended", Cancellation));

        clinic.Clock.Now += TimeSpan.FromMinutes(20);
        Assert.True(await clinic.TouchAsync(meera));
        Assert.Equal(SignInClinic.Morning.AddMinutes(50), Assert.Single(await EndsAsync()).Value);

        while (clinic.Clock.Now.AddMinutes(20) < SignInClinic.Morning.AddHours(12))
        {
            clinic.Clock.Now += TimeSpan.FromMinutes(20);
            Assert.True(await clinic.TouchAsync(meera));
        }

        Assert.Equal(SignInClinic.Morning.AddHours(12), Assert.Single(await EndsAsync()).Value);

        Task<IReadOnlyDictionary<Guid, DateTimeOffset>> EndsAsync()
            => clinic.SessionsAsync(null, s => s.EndsAsync([meera.Session.Id, gone.Session.Id], Cancellation));
    }

    [Fact]
    public async Task is_shown_to_who_manages_accounts_and_to_no_other_colleague()
    {
        await using var clinic = await OpenAsync();
        var id = await clinic.PersonAsync();
        await clinic.PersonAsync("omar.khan", StaffRole.Admin, "Omar Khan");
        await clinic.PersonAsync("arun.rao", fullName: "Arun Rao");
        var (meera, omar, arun) = (await clinic.SignedInAsync("meera.iyer"), await clinic.SignedInAsync("omar.khan"), await clinic.SignedInAsync("arun.rao"));

        Assert.Equal([meera.Session.Id], (await clinic.SessionsAsync(omar, s => s.OfAsync(id, Cancellation))).Value?.Select(s => s.Id));
        Assert.Equal(RefusalKind.Forbidden, (await clinic.SessionsAsync(arun, s => s.OfAsync(id, Cancellation))).Refusal?.Kind);
        Assert.Equal(omar.Session.UserId, Assert.Single(await clinic.TrailAsync(), e => e.Event == "session.read").ActorId);
    }

    [Fact]
    public async Task is_found_by_its_secret_and_by_nothing_like_it()
    {
        await using var clinic = await OpenAsync();
        await clinic.PersonAsync();
        var meera = await clinic.SignedInAsync("meera.iyer");

        Assert.NotNull(await clinic.FindAsync(meera));
        foreach (var secret in Near(meera.Secret).Append(meera.Session.Id.ToString()).Append(""))
        {
            Assert.Null(await clinic.FindAsync(meera with { Secret = secret }));
        }
    }

    /// <summary>The secret with each of its characters changed, cut, doubled, and in another case.</summary>
    private static IEnumerable<string> Near(string secret)
    {
        for (var i = 0; i < secret.Length; i++)
        {
            yield return secret[..i] + (secret[i] == 'A' ? 'B' : 'A') + secret[(i + 1)..];
        }

        yield return secret[..^1];
        yield return secret + secret;
        yield return secret + "=";
        yield return " " + secret[1..];
    }
}
