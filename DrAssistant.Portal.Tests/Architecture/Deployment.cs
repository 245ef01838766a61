using System.Text.RegularExpressions;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Documents.Mongo;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Stores.Search.Elastic;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Architecture;

/// <summary>
/// What docker-compose.yml, .env.example and Dockerfile promise. `make check` has Docker Compose read the file as well.
/// </summary>
public sealed partial class Deployment
{
    private static readonly string[] Stores = ["portal", "postgres", "mongo", "redis", "elasticsearch", "minio"];

    [Fact]
    public async Task runs_the_portal_and_the_five_stores()
        => Assert.Subset((await ServicesAsync()).Keys.ToHashSet(), Stores.ToHashSet());

    [Fact]
    public async Task publishes_ports_to_this_machine_only()
    {
        var published = (await ServicesAsync()).Values.SelectMany(lines => lines)
            .Where(line => line.Contains("ports:", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(published);
        Assert.All(published, line => Assert.Matches(@"ports: \[(""127\.0\.0\.1:\d+:\d+""(, )?)+\]", line));
    }

    [Fact]
    public async Task checks_the_health_of_every_service_that_stays()
    {
        foreach (var (name, lines) in await ServicesAsync())
        {
            var stays = lines.Any(line => line.Contains("<<: *careful", StringComparison.Ordinal));
            Assert.Equal(Stores.Contains(name), stays);
            Assert.True(lines.Any(line => line.TrimStart().StartsWith("healthcheck:", StringComparison.Ordinal)), $"{name} has no health check.");
            Assert.Equal(stays, lines.Any(line => line.TrimStart().StartsWith("test:", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task keeps_what_the_stores_write_in_named_volumes()
    {
        var services = await ServicesAsync();
        foreach (var name in Stores)
        {
            Assert.True(services[name].Any(line => line.Contains($"- {name}-data:/", StringComparison.Ordinal)), $"{name} has no volume of its own.");
        }
    }

    /// <summary>A secret is a variable that has to be there: no default, no literal, nothing to forget to change.</summary>
    [Fact]
    public async Task has_no_password_of_its_own()
    {
        var lines = await Repository.LinesOfAsync("docker-compose.yml", TestContext.Current.CancellationToken);
        var secrets = lines.Where(line => Secret().IsMatch(line)).ToList();
        Assert.True(secrets.Count >= 10, "The secrets were not found.");
        Assert.All(secrets, line => Assert.Matches(Required(), line));
        Assert.All(lines.SelectMany(line => Variable().Matches(line)), variable => Assert.Matches(Required(), variable.Value));
    }

    /// <summary>Under the keys that the portal reads, and as it accepts them outside Development.</summary>
    [Theory]
    [InlineData("Clinic", "clinic_app")]
    [InlineData("ClinicOwner", "clinic_owner")]
    [InlineData("ClinicWorker", "clinic_worker")]
    public async Task gives_the_portal_its_three_ways_into_postgresql(string name, string role)
    {
        var line = Assert.Single((await ServicesAsync())["portal"], line => line.Contains($"ConnectionStrings__{name}: ", StringComparison.Ordinal));
        var connectionString = Variable().Replace(line[(line.IndexOf('"', StringComparison.Ordinal) + 1)..line.LastIndexOf('"')], "secret");

        Assert.Contains($"Username={role};", connectionString, StringComparison.Ordinal);
        Assert.Null(ConnectionGuard.Refuse($"ConnectionStrings:{name}", connectionString, development: false));
    }

    [Fact]
    public async Task gives_the_portal_its_way_into_mongodb()
    {
        var portal = (await ServicesAsync())["portal"];
        var options = new MongoOptions { Uri = Setting("Uri"), Database = Setting("Database") };

        Assert.Contains(portal, line => line.Contains("Stores__Documents__Kind: Mongo", StringComparison.Ordinal));
        Assert.Empty(MongoGuard.Refuse(options, development: false));
        Assert.Equal("/certificates/ca.crt", Setting("CaFile"));
        Assert.Contains("tls=true", options.Uri, StringComparison.Ordinal);

        string Setting(string name)
        {
            var line = Assert.Single(portal, line => line.Contains($"Stores__Documents__Mongo__{name}: ", StringComparison.Ordinal));
            return Variable().Replace(line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..].Trim('"'), "secret");
        }
    }

    /// <summary>A store that is named and not built would keep the portal from starting, or be believed to be in use.</summary>
    [Fact]
    public async Task names_no_store_and_no_setting_that_the_portal_would_refuse()
    {
        var settings = (await ServicesAsync())["portal"].Select(line => Given().Match(line)).Where(given => given.Success).ToDictionary(
            given => given.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal),
            given => (string?)Variable().Replace(given.Groups["value"].Value.Trim('"'), found => found.Groups["name"].Value switch
            {
                "CLINIC_PUBLIC_ADDRESS" => "https://portal.clinic.example",
                "CLINIC_MRN_PREFIX" => "SC",
                "CLINIC_TIME_ZONE" => "Asia/Kolkata",
                "CLINIC_PHONE" => "+91 80 4123 4567",
                _ => "secret",
            }));
        settings.Remove("Stores:Documents:Mongo:CaFile"); // is there once the certificates are made
        using var folder = new TemporaryFolder();
        await using var services = ClinicNowhere.Build<TestUser>(folder, settings);

        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Equal(
            ["Stores:Cache:Kind Redis", "Stores:Documents:Kind Mongo", "Stores:Objects:Kind S3", "Stores:Search:Kind Elasticsearch"],
            settings.Where(s => s.Key.EndsWith(":Kind", StringComparison.Ordinal)).Select(s => $"{s.Key} {s.Value}").Order(StringComparer.Ordinal));
    }

    /// <summary>Every collection that the portal makes is in the role, which may change notes and never a version of one.</summary>
    [Fact]
    public async Task gives_the_portals_user_in_mongodb_the_rights_that_it_needs()
    {
        var script = string.Join('\n', await Repository.LinesOfAsync("deploy/mongo-user.js", TestContext.Current.CancellationToken));

        Assert.All(Enum.GetValues<DocumentCollection>(), collection => Assert.Contains($"on(\"{MongoSchema.Name(collection)}\"", script, StringComparison.Ordinal));
        Assert.Contains("on(\"noteVersions\")", script, StringComparison.Ordinal);

        // The sound of a visit is erased when its time has come; nothing else ever is.
        Assert.Equal(
            ["recordings.files", "recordings.chunks"],
            script.Split("on(\"").Where(part => part.Contains("\"remove\"", StringComparison.Ordinal)).Select(part => part[..part.IndexOf('"', StringComparison.Ordinal)]));
    }

    /// <summary>The names of its indices, and nobody else's.</summary>
    [Fact]
    public async Task gives_the_portals_user_in_elasticsearch_the_indices_that_it_makes()
    {
        var script = string.Join('\n', await Repository.LinesOfAsync("deploy/elasticsearch-user.sh", TestContext.Current.CancellationToken));

        Assert.Contains($"\"names\":[\"{new ElasticOptions().Prefix}-*\"]", script, StringComparison.Ordinal);
        Assert.Contains("_security/user/clinic_app", script, StringComparison.Ordinal);
        Assert.DoesNotContain("superuser", script, StringComparison.Ordinal);
        Assert.Contains((await ServicesAsync())["portal"], line => line.Trim() == $"{ElasticOptions.UsernameKey.Replace(":", "__", StringComparison.Ordinal)}: clinic_app");
    }

    [Fact]
    public async Task lists_each_setting_in_the_example_and_gives_none_a_value()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var used = (await Repository.LinesOfAsync("docker-compose.yml", cancellation))
            .SelectMany(line => Variable().Matches(line)).Select(variable => variable.Groups["name"].Value);
        var example = (await Repository.LinesOfAsync(".env.example", cancellation))
            .Where(line => line.Length > 0 && !line.StartsWith('#')).ToList();

        Assert.All(example, line => Assert.EndsWith("=", line, StringComparison.Ordinal));
        Assert.Equal(used.Distinct().Order(StringComparer.Ordinal), example.Select(line => line.TrimEnd('=')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task runs_the_portal_as_nobody_special_and_asks_how_it_is()
    {
        var lines = await Repository.LinesOfAsync("Dockerfile", TestContext.Current.CancellationToken);
        var user = Array.FindLastIndex(lines, line => line.StartsWith("USER ", StringComparison.Ordinal));
        var last = Array.FindLastIndex(lines, line => line.StartsWith("FROM ", StringComparison.Ordinal));

        Assert.True(user > last, "The last stage names no user.");
        Assert.Equal("USER $APP_UID", lines[user]);
        Assert.Contains(lines, line => line.Contains("/health/live", StringComparison.Ordinal));
    }

    private static async Task<Dictionary<string, List<string>>> ServicesAsync()
    {
        var services = new Dictionary<string, List<string>>();
        var section = "";
        var service = "";
        foreach (var line in await Repository.LinesOfAsync("docker-compose.yml", TestContext.Current.CancellationToken))
        {
            if (Key(0).Match(line) is { Success: true } top)
            {
                section = top.Groups["name"].Value;
            }
            else if (section == "services" && Key(2).Match(line) is { Success: true } name)
            {
                service = name.Groups["name"].Value;
                services.Add(service, []);
            }
            else if (section == "services" && service.Length > 0 && !line.TrimStart().StartsWith('#'))
            {
                services[service].Add(line);
            }
        }

        return services;
    }

    private static Regex Key(int indent) => new($"^ {{{indent}}}(?<name>[a-z][a-z0-9-]*):", RegexOptions.None, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"\$\{(?<name>[A-Z_0-9]+)[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\s+(?<key>[A-Z][A-Za-z0-9]*__[A-Za-z0-9_]+): (?<value>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Given();

    [GeneratedRegex(@"\$\{[A-Z_0-9]+:\?[^}]+\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Required();

    [GeneratedRegex(@"^\s+[A-Za-z_0-9]*(PASSWORD|SECRET|Password|SecretKey|AUTH|MC_HOST_clinic)[A-Za-z_0-9]*: |Password=|password=|://[a-z_-]+:[^/]*@", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Secret();
}
