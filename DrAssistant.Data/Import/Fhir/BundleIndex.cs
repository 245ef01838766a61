using System.Text.Json;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>
/// What a file has, by address: read first, so that the rest can be read in any order. Keeps ids and names of medicines,
/// never a resource.
/// </summary>
internal sealed class BundleIndex
{
    private static readonly string[] Referable = ["Patient", "Practitioner", "Encounter"];

    private readonly List<string> _types = [];
    private readonly Dictionary<string, ResourceKey> _byFullUrl = [];
    private readonly HashSet<ResourceKey> _keys = [];
    private readonly HashSet<ResourceKey> _meantElsewhere = [];
    private readonly Dictionary<ResourceKey, Coded> _medicines = [];
    private readonly List<(string Reference, ResourceKey Report)> _reported = [];
    private readonly Dictionary<ResourceKey, ResourceKey> _reportOf = [];

    /// <summary>Every key whose import may be known already.</summary>
    public IEnumerable<ResourceKey> AllKeys => _keys.Concat(_meantElsewhere);

    public string TypeOf(int entry) => entry < _types.Count ? _types[entry] : "";

    /// <summary>An entry whose text cannot be read stays one without a type.</summary>
    public void Begin() => _types.Add("");

    public void Add(FhirEntry entry)
    {
        if (!entry.HasResource)
        {
            return;
        }

        _keys.Add(entry.Key);
        if (entry.FullUrl is { } url)
        {
            _byFullUrl.TryAdd(url, entry.Key);
        }

        if (entry.Type == "Medication" && Coded.Of(entry.Resource.Part("code"), Coded.RxNorm) is { } medicine)
        {
            _medicines.TryAdd(entry.Key, medicine);
        }

        if (entry.Type == "DiagnosticReport")
        {
            _reported.AddRange(entry.Resource.Items("result").Select(result => result.Text("reference")).OfType<string>()
                .Select(reference => (reference, entry.Key)));
        }

        if (ResourceMaps.IsImported(entry.Type))
        {
            Collect(entry.Resource, entry.Key.Source);
        }

        _types[^1] = entry.Type;
    }

    /// <summary>The whole file is known now.</summary>
    public void Close()
    {
        foreach (var (reference, report) in _reported)
        {
            if (Resolve(reference, "Observation", report.Source) is { } observation)
            {
                _reportOf.TryAdd(observation, report);
            }
        }

        _reported.Clear();
        _meantElsewhere.ExceptWith(_keys);
    }

    public bool Has(ResourceKey key) => _keys.Contains(key);

    public ResourceKey? Resolve(string reference, string type, string source)
        => _byFullUrl.TryGetValue(reference, out var key)
            ? key.Type == type ? key : null
            : ResourceKey.Meant(reference, type, source);

    public Coded? Medicine(string reference, string source)
        => Resolve(reference, "Medication", source) is { } key ? _medicines.GetValueOrDefault(key) : null;

    /// <summary>The report that lists this observation among its results.</summary>
    public ResourceKey? ReportOf(ResourceKey observation) => _reportOf.TryGetValue(observation, out var report) ? report : null;

    /// <summary>The people and visits that a resource names: those of other files are looked up once, all together.</summary>
    private void Collect(JsonElement element, string source)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Collect(item, source);
            }
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (property.NameEquals("reference"u8) && property.Value.AsText() is { } reference)
            {
                if (!_byFullUrl.ContainsKey(reference))
                {
                    _meantElsewhere.UnionWith(Referable.Select(type => ResourceKey.Meant(reference, type, source)).OfType<ResourceKey>());
                }
            }
            else if (property.NameEquals("identifier"u8))
            {
                _meantElsewhere.UnionWith(Identifiers.Of(element).SelectMany(i => Referable.Select(type => i.KeyFor(type))));
            }
            else
            {
                Collect(property.Value, source);
            }
        }
    }
}
