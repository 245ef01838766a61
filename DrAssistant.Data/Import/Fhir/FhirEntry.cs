using System.Text.Json;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>What every entry is read with.</summary>
/// <param name="Source">The system that a file comes from, where its addresses do not say it.</param>
/// <param name="Clock">The practice's.</param>
/// <param name="Seal">Makes a digest useless to who has no key: whoever knows most of a resource could try out the rest.</param>
internal sealed record EntryReading(string Source, ClinicClock Clock, Func<string, byte[]> Seal);

/// <summary>
/// One entry while it is turned into rows. The first thing that is wrong with it is kept as the reason why none of it
/// goes in; what has no place, and what was kept as the nearest thing that has one, is counted.
/// </summary>
internal sealed class FhirEntry
{
    private readonly EntryReading _reading;
    private byte[]? _fingerprint;

    public FhirEntry(int index, JsonElement entry, EntryReading reading)
    {
        _reading = reading;
        Index = index;
        FullUrl = entry.Text("fullUrl");
        IsDeletion = entry.Part("request").Text("method") == "DELETE";
        if (entry.Part("resource") is { ValueKind: JsonValueKind.Object } resource)
        {
            Resource = resource;
            Key = ResourceKey.Of(resource.Text("resourceType") ?? "", resource.Text("id"), FullUrl, reading.Source,
                () => Convert.ToHexStringLower(Fingerprint));
            HasResource = Type.Length > 0;
        }
    }

    public int Index { get; }

    public string? FullUrl { get; }

    public bool IsDeletion { get; }

    public JsonElement Resource { get; }

    public ResourceKey Key { get; }

    public string Type => Key.Type ?? "";

    public bool HasResource { get; }

    /// <summary>Why it cannot go in.</summary>
    public string? Refusal { get; private set; }

    /// <summary>True when it refers to a resource that may still come, in another file.</summary>
    public bool Waits { get; set; }

    /// <summary>Why the whole resource has no place here.</summary>
    public string? NoPlace { get; set; }

    public List<string> LeftOut { get; } = [];

    public List<string> Nearest { get; } = [];

    /// <summary>What it becomes; rows that several entries share are the same object in each.</summary>
    public List<Row> Rows { get; } = [];

    public byte[] Fingerprint => _fingerprint ??= _reading.Seal(ResourceKey.Digest(Resource));

    /// <summary>Written down with the rows, so that the next import knows.</summary>
    public void Becomes(string target, Guid id, Guid? patientId) => Add(Tables.Imported, new ImportedRow(Key, target, id, patientId, Fingerprint));

    public void Refuse(string reason) => Refusal ??= reason;

    public void Add<T>(Table<T> table, T row)
        where T : class
        => Rows.Add(new Row(table, row));

    public string? Text(string name) => Resource.Text(name);

    /// <summary>The text, if it fits the column that it goes to.</summary>
    public string? Fit(string? text, int most, string path)
    {
        if (text?.Length > most)
        {
            Refuse($"{path} has {text.Length} characters, and {most} fit");
        }

        return text;
    }

    /// <summary>A concept whose parts fit their columns; without one, the entry is refused.</summary>
    public Coded Concept(JsonElement? concept, string path, string preferredSystem, int longestName = 200, int longestCode = 50)
    {
        if (Coded.Of(concept, preferredSystem) is not { } coded)
        {
            Refuse($"{path} says nothing");
            return new Coded(null, null, "");
        }

        if (concept.Items("coding").Skip(1).Any())
        {
            LeftOut.Add($"{Type}.{path}.coding (further)");
        }

        Fit(coded.Code, longestCode, $"{path}.coding.code");
        Fit(coded.System, 100, $"{path}.coding.system");
        Fit(coded.Name, longestName, path);
        return coded;
    }

    /// <summary>One of the words that FHIR allows for an element; any other refuses the entry.</summary>
    public T Word<T>(string? word, string path, params ReadOnlySpan<(string Word, T Meaning)> words)
    {
        foreach (var (allowed, meaning) in words)
        {
            if (word == allowed)
            {
                return meaning;
            }
        }

        Refuse(word is null ? $"has no {path}" : $"{path} is a word that FHIR does not know");
        return default!;
    }

    public DateTimeOffset? Time(string name) => Time(Resource, name, name)?.At;

    /// <summary>The time of a choice such as <c>onset[x]</c>: a dateTime, or the beginning of a Period.</summary>
    public DateTimeOffset? Began(string stem) => Time($"{stem}DateTime") ?? Time(Resource.Part($"{stem}Period"), "start", $"{stem}Period.start")?.At;

    public DateTimeOffset? Ended(string stem) => Time(Resource.Part($"{stem}Period"), "end", $"{stem}Period.end")?.At;

    public FhirTime? Time(JsonElement? at, string name, string path)
    {
        if (at.Part(name) is not { } value)
        {
            return null;
        }

        if (value.AsText() is not { } text || !FhirTime.TryRead(text, _reading.Clock, out var time))
        {
            Refuse($"{path} is no date");
            return null;
        }

        if (!time.IsExact)
        {
            Nearest.Add($"{Type}.{path}: a day, month or year became its first moment");
        }

        return time;
    }

    /// <summary>
    /// Elements that no column takes. A modifier extension can turn the meaning of a resource around.
    /// </summary>
    public void CountUnread(IReadOnlySet<string> read)
    {
        foreach (var property in Resource.EnumerateObject())
        {
            var name = property.Name;
            if (name is "resourceType" or "id" or "meta" or "text" or "language" || read.Contains(name))
            {
                continue;
            }

            // HL7 FHIR R4, 2.4.0.2 and 2.26.3: who does not understand one of these must not use the resource.
            if (name is "modifierExtension" or "implicitRules")
            {
                Refuse($"{name} may change what it means, and is not understood");
                return;
            }

            if (name == "extension")
            {
                LeftOut.AddRange(Resource.Items(name).Select(e => $"{Type}.extension {e.Text("url")?.TrimEnd('/').Split('/')[^1]}"));
                continue;
            }

            LeftOut.Add($"{Type}.{name}");
        }
    }
}
