using System.Globalization;
using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients.Registration;

namespace DrAssistant.Data.Patients.Merging;

/// <summary>The demographic columns of one record, in clear: lives in memory only.</summary>
internal sealed class RecordDetails
{
    private static readonly Dictionary<MergeField, string[]> Columns = new()
    {
        [MergeField.Name] = ["first_name", "last_name"],
        [MergeField.Born] = ["date_of_birth", "date_of_birth_estimated"],
        [MergeField.Sex] = ["gender"],
        [MergeField.Mobile] = ["phone"],
        [MergeField.Email] = ["email"],
        [MergeField.Abha] = ["abha_id"],
        [MergeField.AbhaAddress] = ["abha_address"],
        [MergeField.Address] = ["address"],
        [MergeField.BloodGroup] = ["blood_group"],
        [MergeField.Language] = ["preferred_language"],
        [MergeField.Contact] = ["emergency_contact"],
        [MergeField.Guardian] = ["guardian"],
    };

    private readonly Dictionary<string, string?> _values;

    private RecordDetails(Guid id, Dictionary<string, string?> values) => (Id, _values) = (id, values);

    public Guid Id { get; }

    public string FirstName => _values["first_name"]!;

    public string LastName => _values["last_name"]!;

    public PersonName Name => new(FirstName, LastName);

    public string? Mrn => _values.GetValueOrDefault("mrn");

    public string? Phone => _values.GetValueOrDefault("phone");

    public DateOnly Born => DateOnly.ParseExact(_values["date_of_birth"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public bool BornEstimated => _values["date_of_birth_estimated"] == "true";

    public DateTimeOffset Since => DateTimeOffset.Parse(_values["created_at"]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public PatientStatus Status => EnumText.Parse<PatientStatus>(_values["status"]!);

    public bool HasAbha => _values.GetValueOrDefault("abha_id") is not null;

    /// <summary>Reads what the database gives of a record, as JSON of its columns, and reveals what is sealed.</summary>
    public static RecordDetails Read(string json, PatientVault vault)
    {
        using var row = JsonDocument.Parse(json);
        var id = row.RootElement.GetProperty("id").GetGuid();
        return new RecordDetails(id, row.RootElement.EnumerateObject().ToDictionary(
            column => column.Name, column => Clear(id, column.Name, column.Value, vault), StringComparer.Ordinal));
    }

    /// <summary>What identifies a person is not for logs.</summary>
    public override string ToString() => $"{nameof(RecordDetails)} {Id}";

    /// <summary>The columns of a field as they stand.</summary>
    public Dictionary<string, string?> Of(MergeField field)
        => Columns[field].ToDictionary(column => column, column => _values.GetValueOrDefault(column), StringComparer.Ordinal);

    public bool Has(MergeField field) => Columns[field].Any(column => _values.GetValueOrDefault(column) is not (null or ""));

    public bool SameAs(RecordDetails other, MergeField field)
        => Columns[field].All(column => string.Equals(_values.GetValueOrDefault(column) ?? "", other._values.GetValueOrDefault(column) ?? "", StringComparison.Ordinal));

    /// <summary>As the screen shows it; null where nothing is recorded.</summary>
    public string? Shown(MergeField field, DateOnly today) => !Has(field) ? null : field switch
    {
        MergeField.Name => Name.Spoken,
        MergeField.Born => $"{(BornEstimated ? "about " : "")}{ClinicFormat.Date(Born)} ({Age.On(today, Born, BornEstimated).Short})",
        MergeField.Sex => EnumText.Parse<Gender>(_values["gender"]!).ToString(),
        MergeField.Mobile => PhoneNumber.Show(_values["phone"]),
        MergeField.Language => Language.NameOf(_values["preferred_language"]!),
        MergeField.Abha => AbhaNumber.Parse(_values["abha_id"]).Value?.Masked,
        MergeField.Address => Json<PostalAddress>("address") is { } a ? Joined(a.Line1, a.Line2, a.City, a.District, a.State, a.Pin, a.Country) : null,
        MergeField.Contact => Json<EmergencyContact>("emergency_contact") is { } c ? Joined(c.Name, c.Relation, PhoneNumber.Show(c.Phone)) : null,
        MergeField.Guardian => Json<Guardian>("guardian") is { } g ? Joined(g.Name, g.Relation, PhoneNumber.Show(g.Phone)) : null,
        _ => _values.GetValueOrDefault(Columns[field][0]),
    };

    private static string? Clear(Guid id, string column, JsonElement value, PatientVault vault) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ when PatientVault.IsSealed(column) => vault.RevealColumn(id, column, Convert.FromHexString(value.GetString()![2..])),
        _ => value.GetString(),
    };

    private static string? Joined(params string?[] parts)
        => parts.Where(part => !string.IsNullOrWhiteSpace(part)).ToList() is { Count: > 0 } said ? string.Join(", ", said) : null;

    private T? Json<T>(string column)
        where T : class
        => _values[column] is { } json ? JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web) : null;
}
