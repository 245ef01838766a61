using System.Globalization;
using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Import.Fhir;

namespace DrAssistant.Data.Ordering.Messages.Fhir;

/// <summary>
/// The reports of a FHIR R4 bundle, or the one that a DiagnosticReport with all it needs inside is. Each is read for itself; an Observation that
/// no report names is a report of its own. JSON that was cut cannot be read at all, so half a bundle never gets in.
/// </summary>
internal sealed class FhirReports : IDisposable
{
    private const int Deepest = 64;
    private const int LongestControlId = 180;

    private readonly JsonDocument _document;
    private readonly Dictionary<string, JsonElement> _byAddress = new(StringComparer.Ordinal);
    private readonly List<JsonElement> _reports = [];
    private readonly string? _id;
    private readonly string? _facility;

    private FhirReports(JsonDocument document)
    {
        _document = document;
        var root = document.RootElement;
        _id = root.Part("identifier") is { ValueKind: JsonValueKind.Object } identifier ? identifier.Text("value") : null;
        List<(JsonElement Resource, string? Type, string? FullUrl)> resources = [];
        foreach (var entry in root.Text("resourceType") == "Bundle" ? root.Items("entry") : [])
        {
            if (entry.Part("resource") is { ValueKind: JsonValueKind.Object } resource)
            {
                resources.Add((resource, resource.Text("resourceType"), entry.Text("fullUrl")));
                Remember(resource, entry.Text("fullUrl"));
            }
        }

        if (root.Text("resourceType") is "DiagnosticReport" or "Observation")
        {
            resources.Add((root, root.Text("resourceType"), null));
        }

        JsonElement? header = resources.Find(r => r.Type == "MessageHeader") is (var found, not null, _) ? found : null;
        _id ??= header.Text("id");
        _facility = header.Part("source").Text("name");
        _reports.AddRange(resources.Where(r => r.Type == "DiagnosticReport").Select(r => r.Resource));
        var named = _reports.SelectMany(report => Named(report, "result"))
            .Concat(resources.Where(r => r.Type == "Observation").SelectMany(r => Named(r.Resource, "hasMember"))).ToHashSet(StringComparer.Ordinal);
        _reports.AddRange(resources.Where(r => r.Type == "Observation" && (r.FullUrl is null || !named.Contains(r.FullUrl)) && !named.Contains($"Observation/{r.Resource.Text("id")}"))
            .Select(r => r.Resource));
    }

    public int Count => _reports.Count;

    /// <summary>Finds the reports.</summary>
    /// <exception cref="UnreadableMessageException">It is no JSON, not whole, or has no report.</exception>
    public static FhirReports Open(ReadOnlyMemory<byte> bytes)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(WithoutMark(bytes), new JsonDocumentOptions { MaxDepth = Deepest });
        }
        catch (JsonException)
        {
            throw new UnreadableMessageException("It is no whole JSON: it was cut, or something in it is broken.");
        }

        try
        {
            var reports = new FhirReports(document);
            return reports.Count > 0 ? reports : throw new UnreadableMessageException("It has no DiagnosticReport and no Observation.", notMeantForUs: true);
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    /// <summary>What the sender calls this report: the bundle's number and which of its reports it is. Without a number of the bundle none.</summary>
    public string? ControlIdOf(int at) => _id switch
    {
        null => null,
        { Length: > LongestControlId } => throw new UnreadableMessageException("The bundle's identifier is too long."),
        _ => Count == 1 ? _id : string.Create(CultureInfo.InvariantCulture, $"{_id}/{at + 1}"),
    };

    public string RawOf(int at) => _reports[at].GetRawText();

    /// <summary>One of the reports.</summary>
    /// <exception cref="UnreadableMessageException">It names a result that did not come with it, or cannot be read.</exception>
    public LaboratoryMessage Read(int at, ClinicClock clock)
    {
        var report = new FhirReport(_reports[at], this, clock);
        return new LaboratoryMessage(ControlIdOf(at), _facility, report.Person(), [report.Group()]);
    }

    /// <summary>What a reference means: something inside the resource itself, or another entry. Null when it did not come with it.</summary>
    public JsonElement? Find(JsonElement from, string? reference)
        => reference is null ? null
            : reference.StartsWith('#') ? Contained(from, reference[1..])
            : _byAddress.TryGetValue(reference, out var found) ? found
            : _byAddress.TryGetValue(Relative(reference), out found) ? found
            : null;

    public void Dispose() => _document.Dispose();

    private static JsonElement? Contained(JsonElement from, string id)
        => from.Items("contained").Where(c => c.Text("id") == id).Select(c => (JsonElement?)c).FirstOrDefault();

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> bytes) => bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    private static IEnumerable<string> Named(JsonElement resource, string list)
        => resource.Items(list).Select(item => item.Text("reference")).OfType<string>().SelectMany(r => new[] { r, Relative(r) });

    /// <summary>"Observation/12" of "https://lab.example/fhir/Observation/12/_history/2".</summary>
    private static string Relative(string reference)
    {
        var parts = reference.Split("/_history/")[0].Split('/');
        return parts.Length < 2 ? reference : $"{parts[^2]}/{parts[^1]}";
    }

    private void Remember(JsonElement resource, string? fullUrl)
    {
        if (fullUrl is not null)
        {
            _byAddress.TryAdd(fullUrl, resource);
        }

        if (resource.Text("id") is { } id)
        {
            _byAddress.TryAdd($"{resource.Text("resourceType")}/{id}", resource);
        }
    }
}
