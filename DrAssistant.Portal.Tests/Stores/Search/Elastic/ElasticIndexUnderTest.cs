using System.Net.Http.Headers;
using System.Text;
using DrAssistant.Data.Stores.Search;
using DrAssistant.Data.Stores.Search.Elastic;
using DrAssistant.Portal.Tests.Search;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Stores.Search.Elastic;

/// <summary>A search index in the server of the tests, which at the end must not have had anything to complain of.</summary>
internal sealed class ElasticIndexUnderTest : IndexUnderTest
{
    private ElasticIndexUnderTest(ElasticServer server) => Server = server;

    public ElasticServer Server { get; }

    public override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        [SearchStoreOptions.KindKey] = SearchStoreOptions.InElasticsearch,
        [ElasticOptions.UrlKey] = Server.Url,
        [ElasticOptions.PrefixKey] = "test",
    };

    public static async Task<ElasticIndexUnderTest> StartAsync() => new(await ElasticServer.StartAsync());

    public static async Task<(SearchClinic Clinic, ElasticServer Server)> OpenAsync(ClinicDatabase databases, bool built = true)
    {
        var index = await StartAsync();
        return (await SearchClinic.OpenAsync(databases, built, index), index.Server);
    }

    /// <summary>What a real server does each second.</summary>
    public override Task SettleAsync()
    {
        foreach (var index in Server.Indices.All)
        {
            index.Refresh();
        }

        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Server.DisposeAsync();
        Assert.Empty(Server.Complaints);
    }
}

/// <summary>A search index in the real server that <see cref="Variable"/> names, under names that it makes and drops.</summary>
internal sealed class RealElasticUnderTest : IndexUnderTest
{
    /// <summary>Such as http://127.0.0.1:9200, or https://user:password@host:9200.</summary>
    public const string Variable = "DRASSISTANT_TEST_ELASTICSEARCH";

    private const int MostBuilds = 4;

    private readonly string _prefix = $"test-{Guid.CreateVersion7():n}";
    private readonly HttpClient _http;

    public RealElasticUnderTest()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(named), $"{Variable} names no server.");
        var url = new Uri(named!);
        var (user, password) = url.UserInfo.Split(':') is [var name, var secret] ? (Uri.UnescapeDataString(name), Uri.UnescapeDataString(secret)) : (null, null);
        var address = url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        _http = new HttpClient { BaseAddress = new Uri(address) };
        _http.DefaultRequestHeaders.Authorization = user is null ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        Settings = new Dictionary<string, string?>
        {
            [SearchStoreOptions.KindKey] = SearchStoreOptions.InElasticsearch,
            [ElasticOptions.UrlKey] = address,
            [ElasticOptions.UsernameKey] = user,
            [ElasticOptions.PasswordKey] = password,
            [ElasticOptions.PrefixKey] = _prefix,
        };
    }

    public override IReadOnlyDictionary<string, string?> Settings { get; }

    public override async Task SettleAsync() => (await _http.PostAsync($"{_prefix}-*/_refresh", null)).EnsureSuccessStatusCode();

    public override async ValueTask DisposeAsync()
    {
        var schema = new ElasticSchema(_prefix);
        foreach (var build in Enumerable.Range(1, MostBuilds))
        {
            (await _http.DeleteAsync($"{schema.Indices(build)}?ignore_unavailable=true")).EnsureSuccessStatusCode();
        }

        _http.Dispose();
        await base.DisposeAsync();
    }
}
