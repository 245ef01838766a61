using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>A visit that is in, as far as what belongs to it must know.</summary>
internal sealed record Visit(Guid Id, Guid PatientId, Guid DoctorId, DateTimeOffset Start, DateTimeOffset? End);

/// <summary>What turning one file's resources into rows needs to know beyond the resource itself.</summary>
internal sealed class FileContext(
    BundleIndex index, ImportedResources known, ClinicClock clock, PatientVault vault, UnknownPractitioner unknown, bool isLastChance)
{
    private readonly Dictionary<Guid, Visit> _visits = [];
    private readonly Dictionary<Guid, DateOnly> _births = [];
    private readonly Dictionary<object, object> _shared = [];

    public BundleIndex Index => index;

    public ImportedResources Known => known;

    public ClinicClock Clock => clock;

    public PatientVault Vault => vault;

    public void Add(Visit visit) => _visits[visit.Id] = visit;

    public void AddBirth(Guid patientId, DateOnly day) => _births[patientId] = day;

    /// <summary>
    /// Whether a patient who is here was born on another day than a resource says. An id that two systems share must never
    /// put one person's record into another's chart.
    /// </summary>
    public bool IsAnother(Guid patientId, DateOnly born) => _births.TryGetValue(patientId, out var day) && day != born;

    /// <summary>One object for all who ask with the same key: the prescription of a visit, the order of a morning.</summary>
    public T Shared<T>(object key, Func<T> make)
        where T : class
    {
        if (!_shared.TryGetValue(key, out var shared))
        {
            _shared.Add(key, shared = make());
        }

        return (T)shared;
    }

    /// <summary>The patient whom a resource is about. Without one it is refused, or waits for another file.</summary>
    public Guid? Patient(FhirEntry entry, string element)
    {
        if (Key(entry, entry.Resource.Part(element), "Patient") is not { } key)
        {
            entry.Refuse(entry.Resource.Part(element) is null ? $"has no {element}" : $"{element} is no patient");
            return null;
        }

        if (known.Find(key) is { Target: "patients" } patient)
        {
            return patient.TargetId;
        }

        if (index.Has(key) || isLastChance)
        {
            entry.Refuse(index.Has(key) ? $"its {element} did not go in" : $"{element} was not found");
            return null;
        }

        entry.Waits = true;
        return null;
    }

    /// <summary>The visit that a resource belongs to, if it names one that is here.</summary>
    public Visit? Visit(FhirEntry entry, Guid patientId)
    {
        if (entry.Resource.Part("encounter") is not { } reference)
        {
            return null;
        }

        var key = Key(entry, reference, "Encounter");
        if (key is { } found && known.Find(found) is { Target: "encounters" } row && _visits.GetValueOrDefault(row.TargetId) is { } visit)
        {
            if (visit.PatientId != patientId)
            {
                entry.Refuse("its encounter is another patient's");
            }

            return visit;
        }

        entry.Waits = key is { } missing && !index.Has(missing) && !isLastChance;
        entry.LeftOut.Add($"{entry.Type}.encounter (not here)");
        return null;
    }

    /// <summary>
    /// For what must belong to a visit here and names none: the visit that it falls into, or an entry of its day that says
    /// what it is.
    /// </summary>
    public Visit VisitAround(FhirEntry entry, Guid patientId, Guid? doctorId, DateTimeOffset at)
    {
        if (_visits.Values.FirstOrDefault(v => v.PatientId == patientId && v.Start <= at && at <= v.End) is { } during)
        {
            entry.Nearest.Add($"{entry.Type} without a visit: belongs to the visit that it falls into");
            return during;
        }

        entry.Nearest.Add($"{entry.Type} without a visit: an entry \"Imported history\" of its day");
        var key = new ResourceKey(entry.Key.Source, "Encounter", $"history-{patientId:N}-{clock.DayOf(at):yyyyMMdd}");
        var encounter = Shared(key, () => new Encounter
        {
            Id = IdOf(key),
            PatientId = patientId,
            DoctorId = doctorId ?? unknown.Id,
            EncounterType = EncounterType.OfficeVisit,
            StartTime = at,
            EndTime = at,
            ChiefComplaint = "Imported history",
            Status = EncounterStatus.Completed,
        });
        if (encounter.DoctorId == unknown.Id)
        {
            unknown.AddTo(entry);
        }

        entry.Add(Tables.Encounters, encounter);
        entry.Add(Tables.Imported, Shared((key, "row"), () => new ImportedRow(key, "encounters", encounter.Id, patientId, null)));
        return new Visit(encounter.Id, patientId, encounter.DoctorId, encounter.StartTime, encounter.EndTime);
    }

    /// <summary>The person of the staff that a reference means; null when there is none, or none that is here.</summary>
    public Guid? Practitioner(FhirEntry entry, JsonElement? reference)
        => Key(entry, reference, "Practitioner") is { } key && known.Find(key) is { Target: "users" } user ? user.TargetId : null;

    /// <summary>Stands for a practitioner who is not named, or not here.</summary>
    public Guid UnknownPractitioner(FhirEntry entry)
    {
        unknown.AddTo(entry);
        return unknown.Id;
    }

    private ResourceKey? Key(FhirEntry entry, JsonElement? reference, string type)
    {
        if (reference.Text("reference") is not { } text)
        {
            // A logical reference: no address, but an identifier.
            return Identifiers.Of(reference.GetValueOrDefault()).Select(i => (ResourceKey?)i.KeyFor(type)).FirstOrDefault();
        }

        return text.StartsWith('#')
            ? entry.Resource.Items("contained").Where(c => c.Text("id") == text[1..] && c.Text("resourceType") == type)
                .SelectMany(Identifiers.Of).Select(i => (ResourceKey?)i.KeyFor(type)).FirstOrDefault()
            : index.Resolve(text, type, entry.Key.Source);
    }

    /// <summary>The same key always gets the same id, so that a second import meets the first one's row.</summary>
    private static Guid IdOf(ResourceKey key)
        => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{key.Source}\n{key.Type}\n{key.Id}")).AsSpan(0, 16));
}
