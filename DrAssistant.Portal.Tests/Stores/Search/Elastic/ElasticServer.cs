using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Portal.Tests.Stores.Search.Elastic;

/// <summary>
/// A server that speaks as much of Elasticsearch as the portal asks, over a real socket. Every request is held against the official
/// schemas of 8.19 and of 9, its query string included, and so is every answer that it makes itself: <see cref="Complaints"/>.
/// </summary>
internal sealed class ElasticServer : IAsyncDisposable
{
    private readonly List<ElasticRequest> _requests = [];
    private readonly List<string> _complaints = [];
    private readonly Lock _one = new();
    private WebApplication? _web;

    public string Url { get; private set; } = "http://127.0.0.1:0";

    public StoredIndices Indices { get; } = new();

    /// <summary>Answers instead, where it answers at all; for what goes wrong.</summary>
    public Func<ElasticRequest, ElasticReply?> Instead { get; set; } = _ => null;

    /// <summary>Waits before it answers.</summary>
    public TimeSpan Slowness { get; set; }

    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_one)
            {
                return [.. _complaints];
            }
        }
    }

    public IReadOnlyList<ElasticRequest> Requests
    {
        get
        {
            lock (_one)
            {
                return [.. _requests];
            }
        }
    }

    public static async Task<ElasticServer> StartAsync()
    {
        var server = new ElasticServer();
        await server.GoOnAsync();
        return server;
    }

    /// <summary>Listens again, where it did before.</summary>
    public async Task GoOnAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Url);
        _web = builder.Build();
        _web.Run(AnswerAsync);
        await _web.StartAsync(TestContext.Current.CancellationToken);
        Url = _web.Urls.Single();
    }

    public async Task StopAsync()
    {
        if (_web is { } web)
        {
            _web = null;
            await web.StopAsync(CancellationToken.None);
            await web.DisposeAsync();
        }
    }

    public IReadOnlyList<ElasticRequest> Sent(string ending) => [.. Requests.Where(request => request.Path.EndsWith(ending, StringComparison.Ordinal))];

    /// <summary>What people asked; background work searches as well.</summary>
    public IReadOnlyList<ElasticRequest> Questions() => [.. Sent("_search").Where(request => request.Body.Contains("collapse", StringComparison.Ordinal))];

    public ValueTask DisposeAsync() => new(StopAsync());

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var request = new ElasticRequest(
            context.Request.Method, context.Request.Path.Value!.TrimStart('/'), context.Request.QueryString.Value ?? "", await reader.ReadToEndAsync(context.RequestAborted),
            context.Request.Headers.Authorization.ToString(), context.Request.ContentType ?? "");
        await Task.Delay(Slowness, context.RequestAborted);
        ElasticReply reply;
        lock (_one)
        {
            _requests.Add(request);
            reply = Instead(request) ?? Answer(request);
            if (reply is { Definition: { } definition, Body: { } made })
            {
                _complaints.AddRange(OfficialSchema.Complaints(OfficialSchema.Answers, definition, made.Deserialize<JsonElement>()));
            }
        }

        context.Response.StatusCode = reply.Status;
        context.Response.Headers["X-Elastic-Product"] = "Elasticsearch";
        if (reply.Body is { } body)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
        }
    }

    private ElasticReply Answer(ElasticRequest request)
    {
        var (names, verb) = request.Path.LastIndexOf('/') is var slash and > 0 ? (request.Path[..slash], request.Path[(slash + 1)..]) : (request.Path, "");
        return (request.Method, request.Path, verb) switch
        {
            ("GET", "", _) => ElasticReply.As("info", "InfoResponse"),
            ("GET", "_cluster/health", _) => Checked(request, "ClusterHealthParams", null, _ => ElasticReply.As("health", "ClusterHealthResponse")),
            ("POST", "_bulk", _) => Bulk(request),
            ("POST", "_aliases", _) => Checked(request, "UpdateAliasesParams", "UpdateAliasesBody", Indices.Switch),
            ("POST", _, "_refresh") => Checked(request, "RefreshParams", null, _ => Indices.Refresh(names)),
            ("POST", _, "_count") => Checked(request, null, "CountBody", body => ElasticAnswering.Count(Indices, names, body)),
            ("POST", _, "_search") => Checked(request, "SearchParams", "SearchBody", body => ElasticAnswering.Search(Indices, names, body)),
            ("HEAD", _, "") => Checked(request, "IndexExistsParams", null, _ => Indices.Exists(names)),
            ("PUT", _, "") => Checked(request, "CreateIndexParams", "CreateIndexBody", body => Indices.Create(names, body)),
            ("DELETE", _, "") => Checked(request, "DeleteIndexParams", null, _ => Indices.Delete(names, request.Query.Contains("ignore_unavailable=true", StringComparison.Ordinal))),
            _ => Complained($"nobody knows {request.Method} /{request.Path}"),
        };
    }

    private ElasticReply Bulk(ElasticRequest request)
    {
        if (request.ContentType != "application/x-ndjson" || !request.Body.EndsWith('\n') || !request.Query.Contains("require_alias=true", StringComparison.Ordinal))
        {
            return Complained("a bulk request is lines, the last one ended, to an alias");
        }

        var lines = request.Body.TrimEnd('\n').Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Check("BulkParams", Parameters(request));
        lines.Where((_, n) => n % 2 == 0).ToList().ForEach(head => Check("BulkActionLine", head));
        return Indices.Bulk([.. lines.Chunk(2).Select(two => (two[0], two[1]))]);
    }

    private ElasticReply Checked(ElasticRequest request, string? parameters, string? body, Func<JsonElement, ElasticReply> answer)
    {
        if (parameters is not null)
        {
            Check(parameters, Parameters(request));
        }

        if (body is null)
        {
            return request.Body.Length > 0 ? Complained($"{request.Path} takes no body") : answer(default);
        }

        var json = JsonSerializer.Deserialize<JsonElement>(request.Body);
        Check(body, json);
        try
        {
            return request.ContentType == "application/json" ? answer(json) : Complained($"{request.Path} is of type {request.ContentType}");
        }
        catch (UnknownQueryException unknown)
        {
            return Complained($"the server in the tests does not know {unknown.Message}");
        }
    }

    private void Check(string definition, JsonElement value) => _complaints.AddRange(OfficialSchema.Complaints(OfficialSchema.Requests, definition, value));

    private ElasticReply Complained(string complaint)
    {
        _complaints.Add(complaint);
        return new ElasticReply(400, null, new JsonObject { ["error"] = new JsonObject { ["type"] = "illegal_argument_exception", ["reason"] = complaint }, ["status"] = 400 });
    }

    private static JsonElement Parameters(ElasticRequest request)
        => JsonSerializer.SerializeToElement(QueryHelpers.ParseQuery(request.Query).ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString() switch
        {
            "true" => (object)true,
            "false" => false,
            var number when long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) => parsed,
            var text => text,
        }));
}

/// <summary>What came.</summary>
internal sealed record ElasticRequest(string Method, string Path, string Query, string Body, string Authorization, string ContentType);
