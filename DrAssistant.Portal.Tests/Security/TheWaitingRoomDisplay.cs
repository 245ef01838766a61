using System.Diagnostics;
using System.Net;
using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Display;
using DrAssistant.Data.Scheduling.Queue;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Endpoints;
using DrAssistant.Portal.Security;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Security;

/// <summary>The one door behind which nobody is signed in: it shows tokens to whoever has a link, and nothing to anybody else.</summary>
public sealed class TheWaitingRoomDisplay(ClinicDatabase databases)
{
    private static readonly string[] Names = ["Sunita", "Pawar", "Imran", "Sheikh", "Quinsy", "SC26"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task tells_tokens_and_no_name_reason_or_number_of_any_patient()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await FilledAsync(portal);
        var secret = await LinkAsync(portal);
        using var screen = portal.Browse();

        using var answer = await screen.GetAsync("/display/events", (Display.SecretHeader, secret), ("Accept", "application/json"));
        var text = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal((HttpStatusCode.OK, "no-store"), (answer.StatusCode, answer.Headers.CacheControl?.ToString()));
        using var board = JsonDocument.Parse(text);
        var room = Assert.Single(board.RootElement.GetProperty("rooms").EnumerateArray());
        Assert.Equal("Dr. Iyer", room.GetProperty("doctor").GetString());
        Assert.Equal(["A01", "A02"], room.GetProperty("next").EnumerateArray().Select(t => t.GetString()));
        Assert.All(Names, name => Assert.DoesNotContain(name, text, StringComparison.OrdinalIgnoreCase));
        foreach (var patient in await portal.AskAsync<Guid[]>("SELECT array_agg(id) FROM patients") ?? [])
        {
            Assert.DoesNotContain(patient.ToString(), text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task tells_a_wrong_secret_a_revoked_one_and_none_at_all_the_same_nothing()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await FilledAsync(portal);
        var revoked = await LinkAsync(portal);
        await RevokeAsync(portal);
        using var stranger = portal.Browse();

        var answers = new List<string>();
        foreach (var secret in new[] { revoked, new string('A', 43), "short", "" })
        {
            foreach (var accept in new[] { "application/json", "text/event-stream" })
            {
                using var answer = await stranger.GetAsync("/display/events", (Display.SecretHeader, secret), ("Accept", accept));
                answers.Add($"{answer.StatusCode} {answer.Content.Headers.ContentType} {await answer.Content.ReadAsStringAsync(Cancellation)}");
            }
        }

        Assert.Equal("NotFound  ", Assert.Single(answers.Distinct()));
        var page = await stranger.ReadAsync("/display");
        Assert.All(Names.Append("Test Clinic").Append("A01").Append("Iyer"), word => Assert.DoesNotContain(word, page, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task takes_the_secret_from_no_address_and_from_no_cookie()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await FilledAsync(portal);
        var secret = await LinkAsync(portal);
        using var browser = portal.Browse();
        browser.Keep(Display.SecretHeader, secret);

        using var answer = await browser.GetAsync($"/display/events?{Display.SecretHeader}={secret}&link={secret}", ("Accept", "application/json"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task opens_no_circuit_and_runs_no_script_of_the_framework()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        using var stranger = portal.Browse();

        var page = await stranger.ReadAsync("/display");

        Assert.DoesNotContain("blazor", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("<script(?![^>]* src=)|<style| on[a-z]+=", page);
        Assert.Equal(0, portal.Circuits.Opened);
    }

    [Fact]
    public async Task hears_of_a_call_within_a_quarter_of_a_second_and_goes_dark_when_its_link_is_revoked()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        var (doctor, first) = await FilledAsync(portal);
        var secret = await LinkAsync(portal);
        using var client = new HttpClient { BaseAddress = portal.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/display/events");
        request.Headers.Add(Display.SecretHeader, secret);
        request.Headers.Add("Accept", "text/event-stream");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancellation));
        Assert.DoesNotContain("\"token\":\"A01\"", await NextAsync(reader), StringComparison.Ordinal);
        var fastest = TimeSpan.MaxValue;

        for (var round = 0; round < 5; round++)
        {
            await ActAsync(portal, desk => desk.CallNextAsync(doctor, first, Cancellation));
            var committed = Stopwatch.GetTimestamp();
            while (!(await NextAsync(reader))!.Contains("\"token\":\"A01\"", StringComparison.Ordinal))
            {
            }

            fastest = new[] { fastest, Stopwatch.GetElapsedTime(committed) }.Min();
            await ActAsync(portal, desk => desk.PutBackAsync(first, vitalsDone: false, Cancellation));
            while (!(await NextAsync(reader))!.Contains("\"token\":null", StringComparison.Ordinal))
            {
            }
        }

        Assert.True(fastest < TimeSpan.FromMilliseconds(250), $"The fastest of five took {fastest.TotalMilliseconds:F0} ms.");
        await RevokeAsync(portal);
        while (await NextAsync(reader) is not null)
        {
        }
    }

    [Fact]
    public async Task asks_at_most_so_often_a_minute_from_one_address()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        using var stranger = portal.Browse();

        var answers = new List<HttpStatusCode>();
        for (var ask = 0; ask <= SignInLimit.DisplayReadingsAMinute; ask++)
        {
            using var answer = await stranger.GetAsync("/display/events", (Display.SecretHeader, new string('A', 43)));
            answers.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.All(answers[..^1], status => Assert.Equal(HttpStatusCode.NotFound, status));
        using var signIn = await stranger.GetAsync("/account/sign-in");
        Assert.Equal(HttpStatusCode.OK, signIn.StatusCode);
    }

    [Fact]
    public void has_an_end_to_how_many_screens_are_connected()
    {
        var streams = new DisplayStreams(most: 2);

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => streams.TryEnter()));
        streams.Leave();
        Assert.True(streams.TryEnter());
        Assert.Equal(2, streams.Connected);
    }

    private static async Task<string?> NextAsync(StreamReader reader)
    {
        var line = await reader.ReadLineAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(15), Cancellation);
        return line is "" ? await NextAsync(reader) : line;
    }

    /// <summary>One doctor; two people who have checked in, one of them with everything that must not be told.</summary>
    private static async Task<(Guid Doctor, Guid First)> FilledAsync(PortalUnderTest portal)
    {
        var doctor = await portal.PersonAsync("meera.iyer", StaffRole.Doctor, "Dr. Meera Iyer");
        await portal.PersonAsync("devi.nair", StaffRole.Receptionist, "Devi Nair");
        var now = TimeProvider.System.GetUtcNow();
        var visits = new List<Guid>();
        await using (var system = SystemScope.Create(portal.Services.GetRequiredService<IServiceScopeFactory>()))
        {
            var clock = system.ServiceProvider.GetRequiredService<ClinicClock>();
            await using var db = await system.ServiceProvider.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<Data.ClinicDb>>().CreateDbContextAsync(Cancellation);
            foreach (var (first, last) in new[] { ("Sunita", "Pawar"), ("Imran", "Sheikh") })
            {
                var patient = new Patient { Id = Guid.CreateVersion7(), FirstName = first, LastName = last, DateOfBirth = new DateOnly(1980, 1, 1), Gender = Gender.Female, Mrn = $"SC26-00000{visits.Count}-1" };
                var start = clock.At(clock.Today, new TimeOnly(9, 15 * visits.Count));
                var visit = new Appointment
                {
                    Id = Guid.CreateVersion7(), DoctorId = doctor, PatientId = patient.Id, StartTime = start, EndTime = start.AddMinutes(15),
                    AppointmentType = AppointmentType.Routine, Reason = "Quinsy",
                };
                visit.CheckIn(now.AddMinutes(visits.Count - 20), doctor, $"A0{visits.Count + 1}");
                db.AddRange(patient, visit);
                visits.Add(visit.Id);
            }

            await db.SaveChangesAsync(Cancellation);
        }

        return (doctor, visits[0]);
    }

    private static Task<string> LinkAsync(PortalUnderTest portal)
        => AsDeskAsync(portal, async desk => (await desk.GetRequiredService<IDisplays>().MakeAsync("Hall", Cancellation)).Value().Secret);

    private static Task RevokeAsync(PortalUnderTest portal) => AsDeskAsync(portal, async desk =>
    {
        var displays = desk.GetRequiredService<IDisplays>();
        var link = (await displays.ListAsync(Cancellation)).Value().Single(l => l.RevokedAt is null);
        return (await displays.RevokeAsync(link.Id, Cancellation)).Value();
    });

    private static Task ActAsync(PortalUnderTest portal, Func<IQueue, Task<Result<BookedVisit>>> act)
        => AsDeskAsync(portal, async desk => (await act(desk.GetRequiredService<IQueue>())).Value());

    private static async Task<T> AsDeskAsync<T>(PortalUnderTest portal, Func<IServiceProvider, Task<T>> act)
    {
        var desk = await portal.AskAsync<Guid>("SELECT id FROM users WHERE username = 'devi.nair'");
        await using var scope = portal.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CircuitUser>().Become(new SessionIdentity(
            Guid.CreateVersion7(), desk, "devi.nair", "Devi Nair", StaffRole.Receptionist, TimeProvider.System.GetUtcNow().AddHours(1), null, null));
        return await act(scope.ServiceProvider);
    }
}
