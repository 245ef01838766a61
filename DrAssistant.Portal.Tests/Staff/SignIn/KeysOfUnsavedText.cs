using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Staff.SignIn;

/// <summary>What a browser keeps of unsaved text can be read by its person, for a day after the session ran out, and by nobody once it was signed out.</summary>
public sealed class KeysOfUnsavedText(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_has_one_key_and_another_session_another()
    {
        await using var clinic = await SignInClinic.OpenAsync(databases);
        await clinic.PersonAsync();
        var (desk, room) = (await clinic.SignedInAsync("meera.iyer"), await clinic.SignedInAsync("meera.iyer"));

        var first = await CurrentAsync(clinic, desk);

        Assert.Equal(32, first.Key.Count);
        Assert.Equal(first.Key, (await CurrentAsync(clinic, desk)).Key);
        Assert.NotEqual(first.Key, (await CurrentAsync(clinic, room)).Key);
    }

    [Fact]
    public async Task The_database_holds_no_key_that_could_be_used()
    {
        await using var clinic = await SignInClinic.OpenAsync(databases);
        await clinic.PersonAsync();
        var desk = await clinic.SignedInAsync("meera.iyer");

        var key = await CurrentAsync(clinic, desk);
        var kept = await clinic.AskAsync<byte[]>("SELECT draft_key FROM sessions");

        Assert.Equal(-1, kept!.AsSpan().IndexOf([.. key.Key]));
    }

    [Fact]
    public async Task After_a_session_ran_out_its_person_finds_the_key_for_a_day()
    {
        await using var clinic = await SignInClinic.OpenAsync(databases);
        await clinic.PersonAsync();
        var earlier = await clinic.SignedInAsync("meera.iyer");
        var key = await CurrentAsync(clinic, earlier);
        clinic.Clock.Now += TimeSpan.FromHours(2);
        var now = await clinic.SignedInAsync("meera.iyer");

        Assert.Equal(key.Key, (await FindAsync(clinic, now, key.Id)).Value?.Key);

        clinic.Clock.Now += TimeSpan.FromHours(23);
        var tomorrow = await clinic.SignedInAsync("meera.iyer");
        Assert.Equal(RefusalKind.NotFound, (await FindAsync(clinic, tomorrow, key.Id)).Refusal?.Kind);
    }

    [Fact]
    public async Task Signed_out_it_is_gone_for_good()
    {
        await using var clinic = await SignInClinic.OpenAsync(databases);
        await clinic.PersonAsync();
        var earlier = await clinic.SignedInAsync("meera.iyer");
        var key = await CurrentAsync(clinic, earlier);
        await clinic.SessionsAsync(earlier, s => s.RevokeAsync(earlier.Session.Id, "signed out", Cancellation));
        var now = await clinic.SignedInAsync("meera.iyer");

        Assert.Equal(RefusalKind.NotFound, (await FindAsync(clinic, now, key.Id)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await clinic.DraftKeysAsync(earlier, k => k.CurrentAsync(Cancellation))).Refusal?.Kind);
        Assert.Equal(1L, await clinic.AskAsync<long>("SELECT count(*) FROM sessions WHERE revoked_at IS NOT NULL AND draft_key IS NULL"));
    }

    [Fact]
    public async Task Nobody_finds_the_key_of_somebody_else()
    {
        await using var clinic = await SignInClinic.OpenAsync(databases);
        await clinic.PersonAsync();
        await clinic.PersonAsync("imran.qureshi", fullName: "Imran Qureshi");
        var key = await CurrentAsync(clinic, await clinic.SignedInAsync("meera.iyer"));

        Assert.Equal(RefusalKind.NotFound, (await FindAsync(clinic, await clinic.SignedInAsync("imran.qureshi"), key.Id)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await FindAsync(clinic, null, key.Id)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await clinic.DraftKeysAsync(null, k => k.CurrentAsync(Cancellation))).Refusal?.Kind);
    }

    private static async Task<DraftKey> CurrentAsync(SignInClinic clinic, SignedIn person)
        => (await clinic.DraftKeysAsync(person, k => k.CurrentAsync(Cancellation))).Value ?? throw new InvalidOperationException("There is no key.");

    private static Task<Result<DraftKey>> FindAsync(SignInClinic clinic, SignedIn? person, Guid keyId)
        => clinic.DraftKeysAsync(person, k => k.FindAsync(keyId, Cancellation));
}
