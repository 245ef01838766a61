using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Stores;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Stores.Search;
using DrAssistant.Data.Stores.Search.Elastic;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Stores.Search.Elastic;

/// <summary>The portal with its search index in Elasticsearch: chosen by a setting, told to the operator, and up when the store is down.</summary>
public sealed class ElasticPortalTests(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_setting_chooses_the_adapter_and_the_portal_stays_ready_without_its_server()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var portal = await PortalUnderTest.OpenAsync(databases, settings: new Dictionary<string, string>
        {
            [SearchStoreOptions.KindKey] = SearchStoreOptions.InElasticsearch,
            [ElasticOptions.UrlKey] = server.Url,
        });
        using var browser = portal.Browse();
        await using var scope = portal.Services.CreateAsyncScope();
        var states = ActivatorUtilities.CreateInstance<SystemStateService>(scope.ServiceProvider, new TestPerson(Guid.CreateVersion7(), StaffRole.Admin));
        async Task<StoreState> Search() => Assert.Single((await states.NowAsync(Cancellation)).Value!.Stores, store => store.Name == "Search");

        Assert.IsType<ElasticSearchIndex>(scope.ServiceProvider.GetRequiredService<ISearchIndex>());
        Assert.Contains("\"search\":\"Healthy\"", await browser.ReadAsync("/health/ready"), StringComparison.Ordinal);
        Assert.Equal(("Elasticsearch", "9.1.0", true), await Search() is var working ? (working.Kind, working.Version, working.Working) : default);

        await server.StopAsync();

        using var answer = await browser.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\"search\":\"Degraded\"", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal((false, nameof(ElasticFault.Unreachable)), await Search() is var away ? (away.Working, away.Problem) : default);
        Assert.Empty(server.Complaints);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_does_not_stop_the_start()
    {
        var server = await ElasticServer.StartAsync();
        await server.StopAsync();
        using var elastic = Client(server);

        await OpenAsync(server, elastic);
    }

    [Theory]
    [InlineData(401, null, "refused the portal: Stores:Search:Elasticsearch:ApiKey")]
    [InlineData(403, null, "refused the portal")]
    [InlineData(200, "7.16.3", "is of version 7.16.3; the portal needs 7.17")]
    [InlineData(200, "", "is not Elasticsearch")]
    public async Task One_that_says_no_or_is_none_stops_it_with_a_sentence_that_names_the_key(int status, string? version, string sentence)
    {
        await using var server = await ElasticServer.StartAsync();
        server.Instead = request => request.Path.Length > 0 ? null : version switch
        {
            null => new ElasticReply(status, null, new JsonObject { ["error"] = new JsonObject { ["type"] = "security_exception" }, ["status"] = status }),
            "" => new ElasticReply(status, null, new JsonObject { ["version"] = new JsonObject { ["number"] = "2.11.0", ["distribution"] = "opensearch" }, ["tagline"] = "The OpenSearch Project" }),
            _ => Of(version),
        };
        using var elastic = Client(server);

        var stop = await Assert.ThrowsAsync<ClinicStartupException>(() => OpenAsync(server, elastic));

        Assert.Contains(sentence, stop.Message, StringComparison.Ordinal);
        Assert.Contains("Stores:Search:Elasticsearch:", stop.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7.17.6")]
    [InlineData("8.19.0-SNAPSHOT")]
    [InlineData("9.1.0")]
    public async Task Versions_from_7_17_to_9_are_taken(string version)
    {
        await using var server = await ElasticServer.StartAsync();
        server.Instead = request => request.Path.Length == 0 ? Of(version) : null;
        using var elastic = Client(server);

        await OpenAsync(server, elastic);

        Assert.Empty(server.Complaints);
    }

    [Fact]
    public async Task It_signs_in_by_a_key_or_by_a_password()
    {
        await using var server = await ElasticServer.StartAsync();
        using (var byKey = Client(server, o => o.ApiKey = "VnVhQ2ZHY0I="))
        using (var byPassword = Client(server, o => (o.Username, o.Password) = ("clinic_app", "ä:b")))
        {
            await byKey.AskAsync(new ElasticCall("probe", HttpMethod.Get, ""), Cancellation);
            await byPassword.AskAsync(new ElasticCall("probe", HttpMethod.Get, ""), Cancellation);
        }

        Assert.Equal(
            ["ApiKey VnVhQ2ZHY0I=", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("clinic_app:ä:b"))}"],
            server.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task Who_does_not_answer_in_time_is_not_waited_for_and_soon_not_asked()
    {
        await using var server = await ElasticServer.StartAsync();
        using var elastic = Client(server);
        server.Slowness = TimeSpan.FromSeconds(30);
        var call = new ElasticCall("find", HttpMethod.Get, "_cluster/health") { Patience = TimeSpan.FromMilliseconds(100) };

        for (var n = 0; n < 4; n++)
        {
            var late = await Assert.ThrowsAsync<SearchIndexException>(() => elastic.AskAsync(call, Cancellation));
            Assert.Equal(ElasticFault.TimedOut, (late.InnerException as ElasticException)?.Fault);
        }

        var open = await Assert.ThrowsAsync<SearchIndexException>(() => elastic.AskAsync(call, Cancellation));
        Assert.IsNotType<ElasticException>(open.InnerException);
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => elastic.AskAsync(call, gone.Token));
    }

    [Fact]
    public async Task What_it_takes_is_measured()
    {
        await using var server = await ElasticServer.StartAsync();
        using var elastic = Client(server);
        var seen = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument is { Name: StoreMetrics.DurationName, Meter.Name: StoreMetrics.MeterName })
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            lock (seen)
            {
                seen.Add(string.Join(' ', tags.ToArray().Select(tag => tag.Value)));
            }
        });
        listener.Start();

        await elastic.AskAsync(new ElasticCall("measured", HttpMethod.Get, "_cluster/health"), Cancellation);
        await elastic.AskAsync(new ElasticCall("measured", HttpMethod.Head, "absent"), Cancellation);

        lock (seen)
        {
            Assert.Contains("search.elasticsearch measured ok", seen);
            Assert.Contains("search.elasticsearch measured refused", seen);
        }
    }

    private static ElasticReply Of(string version)
    {
        var info = ElasticReply.As("info", "InfoResponse");
        info.Body!["version"]!["number"] = version;
        return info;
    }

    private static IOptions<SearchStoreOptions> Settings(ElasticServer server, Action<ElasticOptions>? with = null)
    {
        var options = new SearchStoreOptions { Kind = SearchStoreOptions.InElasticsearch, Elasticsearch = new ElasticOptions { Url = server.Url } };
        with?.Invoke(options.Elasticsearch);
        return Options.Create(options);
    }

    private static ElasticClient Client(ElasticServer server, Action<ElasticOptions>? with = null)
        => new(Settings(server, with), TimeProvider.System, NullLogger<ElasticClient>.Instance);

    private static Task OpenAsync(ElasticServer server, ElasticClient elastic)
        => new ElasticOpening(new ElasticProbe(elastic, TimeProvider.System), Settings(server), NullLogger<ElasticOpening>.Instance).OpenAsync(Cancellation);
}
