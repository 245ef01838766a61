using DrAssistant.Data.Stores.Search;
using DrAssistant.Data.Stores.Search.Elastic;

namespace DrAssistant.Portal.Tests.Stores.Search.Elastic;

/// <summary>What the operator may write, and what is said about the rest: the key, what to write instead, and never a secret.</summary>
public sealed class ElasticSettingsTests
{
    private const string Secret = "a-secret-9";

    [Theory]
    [InlineData("https://elasticsearch:9200", null, "clinic_app", Secret)]
    [InlineData("https://search.example/es/", "VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==", null, null)]
    [InlineData("http://localhost:9200", null, null, null)]
    [InlineData("http://[::1]:9200", null, "clinic_app", Secret)]
    public void What_is_safe_is_taken(string url, string? key, string? user, string? password)
        => Assert.Empty(Failures("Elasticsearch", url, key, user, password));

    [Theory]
    [InlineData("", null, "Url is missing")]
    [InlineData("elasticsearch:9200", null, "Url is not an address")]
    [InlineData("ftp://elasticsearch", null, "Url is not an address")]
    [InlineData($"https://u:{Secret}@elasticsearch:9200", null, "Url is not an address")]
    [InlineData("https://elasticsearch:9200/?pretty", null, "Url is not an address")]
    [InlineData("http://elasticsearch:9200", "clinic_app", "Url reaches Elasticsearch over the network")]
    [InlineData("http://localhost.example:9200", "clinic_app", "Url reaches Elasticsearch over the network")]
    [InlineData("https://elasticsearch:9200", null, "ApiKey, or ")]
    public void Another_address_is_refused_with_its_key(string url, string? user, string what)
    {
        var failure = Assert.Single(Failures("Elasticsearch", url, null, user, user is null ? null : Secret), text => text.Contains(what, StringComparison.Ordinal));

        Assert.StartsWith("Stores:Search:Elasticsearch:", failure, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VnVhQ2ZHY0I=", "clinic_app", Secret, "are two ways to sign in")]
    [InlineData(null, "clinic_app", null, "belong together")]
    [InlineData(null, null, Secret, "belong together")]
    [InlineData("id:key of it", null, null, "must be the encoded key")]
    public void A_way_to_sign_in_is_one_and_whole(string? key, string? user, string? password, string what)
        => Assert.Contains(what, Assert.Single(Failures("Elasticsearch", "https://elasticsearch:9200", key, user, password)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Clinic")]
    [InlineData("")]
    [InlineData("-clinic")]
    [InlineData("clinic*")]
    [InlineData("a,b")]
    public void A_prefix_that_no_index_may_have_is_refused(string prefix)
        => Assert.StartsWith("Stores:Search:Elasticsearch:Prefix must be", Assert.Single(Failures("Elasticsearch", "http://localhost:9200", prefix: prefix)), StringComparison.Ordinal);

    [Fact]
    public void In_development_a_server_elsewhere_may_be_plain_and_is_still_not_open()
    {
        Assert.Empty(Failures("Elasticsearch", "http://elasticsearch:9200", user: "clinic_app", password: Secret, development: true));
        Assert.NotEmpty(Failures("Elasticsearch", "http://elasticsearch:9200", development: true));
    }

    [Fact]
    public void Postgres_needs_no_address_and_another_word_is_refused()
    {
        Assert.Empty(Failures("postgres", ""));
        Assert.Equal(["Stores:Search:Kind must be Postgres or Elasticsearch."], Failures("OpenSearch", ""));
    }

    private static IReadOnlyList<string> Failures(
        string kind, string url, string? key = null, string? user = null, string? password = null, string prefix = "clinic", bool development = false)
        => [.. new SearchStoreOptionsValidator(development).Validate(null, new SearchStoreOptions
        {
            Kind = kind, Elasticsearch = new ElasticOptions { Url = url, ApiKey = key, Username = user, Password = password, Prefix = prefix },
        }).Failures ?? []];
}
