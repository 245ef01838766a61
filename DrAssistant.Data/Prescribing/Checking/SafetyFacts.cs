using System.Text.Json;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Pregnancy;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Allergies;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Prescribing.Safety;
using DrAssistant.Data.Prescribing.Sigs;
using DrAssistant.Data.Reference;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Prescribing.Checking;

/// <summary>What the record knows of a draft and its patient, for one check.</summary>
internal sealed record DraftFacts(
    Guid PatientId, Guid DoctorId, PrescriptionStatus Status, SafetyPerson Person, SafetyAllergies Allergies, IReadOnlyList<TakenMedicine> Active,
    IReadOnlyList<PrescriptionItem> Lines, IReadOnlyList<KnownFinding> Known);

/// <summary>A finding that was shown before.</summary>
internal sealed record KnownFinding(string Key, string Severity, OverriddenFinding Shown);

/// <summary>Everything that a check asks the record for, in one round trip under the reader's own rights.</summary>
internal sealed class SafetyFacts(SecuredBatch batch, AuditTrail audit, ClinicClock clock)
{
    /// <summary>What was stopped lately may still be at work: MAO inhibitors for weeks, amiodarone for months.</summary>
    private const int StoppedLately = 120;
    private const int MostActive = 100;

    private const string Weight = "29463-7";
    private const string Creatinine = "2160-0";
    private const string CreatinineInMicromoles = "14682-9";
    private const decimal MicromolesOfAMilligram = 88.42m;

    /// <summary>eGFR as laboratories report it: CKD-EPI 2021 and 2009, MDRD, Schwartz.</summary>
    private static readonly string[] Egfr = ["98979-8", "62238-1", "33914-3", "48642-3", "48643-1", "69405-9", "50384-7", "77147-7", "88293-6"];

    /// <summary>Null where there is no such prescription, or it is not the reader's to see.</summary>
    public Task<DraftFacts?> ReadAsync(Guid prescriptionId, CancellationToken cancellation)
        => batch.ReadAsync(Statements(prescriptionId, clock.Today), ReadAsync, cancellation);

    /// <summary>The same as an event of the audit trail, where it is this patient's.</summary>
    public Task<DraftFacts?> ReadAsync(Guid prescriptionId, Guid patientId, CancellationToken cancellation)
    {
        var noted = new NpgsqlBatchCommand { Parameters = { new() { Value = prescriptionId }, new() { Value = patientId } } };
        noted.CommandText = audit.Part(
            noted, new AuditEntry(AuditAction.Read, "prescription.check") { PatientId = patientId, ResourceType = "prescription", ResourceId = prescriptionId },
            "prescriptions WHERE prescriptions.id = $1 AND prescriptions.patient_id = $2");
        return batch.ReadAsync([.. Statements(prescriptionId, clock.Today), noted], ReadAsync, cancellation);
    }

    private static IEnumerable<NpgsqlBatchCommand> Statements(Guid prescription, DateOnly today)
    {
        const string Of = "JOIN prescriptions d ON d.patient_id = x.patient_id AND d.id = $1";
        yield return With("""
            SELECT d.patient_id, d.doctor_id, d.status, p.date_of_birth, p.gender, p.allergies_status
            FROM prescriptions d JOIN patients p ON p.id = d.patient_id WHERE d.id = $1
            """, prescription);
        yield return With($"SELECT x.substance, x.code, x.type, x.reaction, x.severity, x.category FROM allergies x {Of} WHERE x.status = 'active' ORDER BY x.recorded_at, x.id", prescription);
        yield return With($"""
            SELECT x.code, x.value_number, x.unit, x.value_text, x.effective_at FROM observations x {Of}
            WHERE x.code = ANY ($2) AND x.status <> 'entered_in_error' ORDER BY x.effective_at DESC, x.id DESC LIMIT 40
            """, prescription, new[] { Weight, PregnancyFacts.Code });
        yield return With($"""
            SELECT x.code, x.value_number, x.unit, x.effective_at FROM results x {Of}
            WHERE x.code = ANY ($2) AND x.superseded_by IS NULL AND x.status IN ('final', 'corrected', 'preliminary') AND x.value_number IS NOT NULL
            ORDER BY x.effective_at DESC, x.id DESC LIMIT 20
            """, prescription, new[] { Creatinine, CreatinineInMicromoles }.Concat(Egfr).ToArray());
        yield return With(PregnancyFacts.DiagnosedSince.Replace("x.patient_id = $1", "x.patient_id = (SELECT d.patient_id FROM prescriptions d WHERE d.id = $1)", StringComparison.Ordinal), prescription);
        yield return With($"""
            SELECT id, medication_name, medication_code, code_system, form, strength, route, sig::text, ends_on, stopped_at FROM (
                SELECT x.*, first_value(o.id) OVER (PARTITION BY coalesce(x.code_system || x.medication_code, lower(x.medication_name))
                    ORDER BY o.valid_from DESC, coalesce(o.signed_at, o.created_at) DESC, x.id DESC) AS latest
                FROM prescription_items x {Of} JOIN prescriptions o ON o.id = x.prescription_id
                WHERE o.id <> d.id AND o.status IN ('signed', 'sent', 'dispensed') AND o.id IS DISTINCT FROM d.replaces_id) every
            WHERE prescription_id = latest AND (stopped_at IS NULL OR stopped_at > $2::date - {StoppedLately}) AND (ends_on IS NULL OR ends_on > $2::date - {StoppedLately})
            ORDER BY (stopped_at IS NULL AND (ends_on IS NULL OR ends_on >= $2)) DESC, id DESC
            LIMIT {MostActive}
            """, prescription, today);
        yield return With("""
            SELECT x.id, x.position, x.medication_name, x.medication_code, x.code_system, x.form, x.strength, x.route, x.sig::text, x.dosage, x.frequency
            FROM prescription_items x WHERE x.prescription_id = $1 ORDER BY x.position, x.id
            """, prescription);
        yield return With("""
            SELECT f.finding_key, f.kind, f.severity, f.shown::text, f.data_version, f.shown_at, f.reason, f.reason_text, f.overridden_at, u.full_name
            FROM prescription_findings f LEFT JOIN users u ON u.id = f.overridden_by WHERE f.prescription_id = $1 ORDER BY f.shown_at, f.finding_key
            """, prescription);
    }

    private async Task<DraftFacts?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var heads = await reader.ListAsync(
            row => (Patient: row.GetGuid(0), Doctor: row.GetGuid(1), Status: row.Word<PrescriptionStatus>(2), Born: row.Day(3), Sex: row.Word<Gender>(4), Allergies: row.Word<AllergiesStatus>(5)),
            cancellation);
        if (heads is not [var head])
        {
            return null;
        }

        var allergies = await reader.ListAsync(
            row => new SafetyAllergy(row.GetString(0), row.TextOrNull(1), row.Word<AllergyType>(2), row.TextOrNull(3), row.WordOrNull<AllergySeverity>(4))
            {
                Category = AllergyLists.CategoryOf(row.TextOrNull(5)),
            }, cancellation);
        var measured = await reader.ListAsync(
            row => new Measured(row.GetString(0), row.NumberOrNull(1), row.TextOrNull(2), row.TextOrNull(3), clock.DayOf(row.Instant(4))), cancellation);
        var found = await reader.ListAsync(row => new Measured(row.GetString(0), row.NumberOrNull(1), row.TextOrNull(2), null, clock.DayOf(row.Instant(3))), cancellation);
        var pregnantSince = (await reader.ListAsync(row => row.InstantOrNull(0), cancellation)).Single();
        var active = await reader.ListAsync(Taken, cancellation);
        var lines = await reader.ListAsync(row => Line(row, head.Patient), cancellation);
        var known = await reader.ListAsync(Known, cancellation);
        return new DraftFacts(
            head.Patient, head.Doctor, head.Status, Person(head.Born, head.Sex, measured, found, pregnantSince is { } since ? clock.DayOf(since) : null, clock.Today),
            new SafetyAllergies(head.Allergies, allergies), active, lines, known);
    }

    private static SafetyPerson Person(DateOnly born, Gender sex, List<Measured> measured, List<Measured> found, DateOnly? pregnantSince, DateOnly today)
    {
        var weight = measured.Where(m => m.Code == Weight)
            .Select(m => (m.On, Kilograms: m.Number is { } number && SignCatalogue.OfCode(Weight) is { } sign ? sign.Own(number, m.Unit) : null))
            .FirstOrDefault(m => m.Kilograms is not null);
        var egfr = found.Find(f => Egfr.Contains(f.Code));
        var creatinine = found.Find(f => !Egfr.Contains(f.Code));
        var kidney = egfr is not null && (creatinine is null || egfr.On >= creatinine.On) ? egfr : creatinine;
        return new SafetyPerson(born, sex)
        {
            WeightKg = weight.Kilograms,
            WeighedOn = weight.Kilograms is null ? null : weight.On,
            Pregnancy = PregnancyFacts.StateOf(measured.Find(m => m.Code == PregnancyFacts.Code) is { } answer ? (answer.Text, answer.On) : null, pregnantSince, today),
            Egfr = kidney is not null && kidney == egfr ? egfr.Number : null,
            CreatinineMgDl = kidney is not null && kidney == creatinine ? Milligrams(creatinine) : null,
            KidneyMeasuredOn = kidney?.On,
        };
    }

    private static decimal? Milligrams(Measured creatinine)
        => creatinine.Unit is "umol/L" || creatinine.Code == CreatinineInMicromoles ? creatinine.Number / MicromolesOfAMilligram : creatinine.Number;

    private TakenMedicine Taken(NpgsqlDataReader row)
    {
        var end = row.IsDBNull(8) ? (DateOnly?)null : row.Day(8);
        var stopped = row.InstantOrNull(9) is { } at ? clock.DayOf(at) : end < clock.Today ? end : null;
        return new TakenMedicine(row.GetGuid(0).ToString(), row.GetString(1), OfFormulary(row.TextOrNull(2), row.TextOrNull(3)))
        {
            Form = row.TextOrNull(4),
            Strength = row.TextOrNull(5),
            Route = row.TextOrNull(6),
            Sig = SigOf(row.TextOrNull(7)),
            StoppedOn = stopped,
        };
    }

    private static PrescriptionItem Line(NpgsqlDataReader row, Guid patient) => new()
    {
        Id = row.GetGuid(0),
        PrescriptionId = Guid.Empty,
        PatientId = patient,
        Position = row.GetInt16(1),
        MedicationName = row.GetString(2),
        MedicationCode = row.TextOrNull(3),
        CodeSystem = row.TextOrNull(4),
        Form = row.TextOrNull(5),
        Strength = row.TextOrNull(6),
        Route = row.TextOrNull(7),
        Sig = row.TextOrNull(8) is { } sig ? JsonSerializer.Deserialize<JsonElement>(sig) : null,
        Dosage = row.GetString(9),
        Frequency = row.GetString(10),
    };

    private static KnownFinding Known(NpgsqlDataReader row)
    {
        var shown = JsonSerializer.Deserialize<ShownFinding>(row.GetString(3))!;
        var (key, severity) = (row.GetString(0), row.GetString(2));
        return new KnownFinding(key, severity, new OverriddenFinding(
            key, row.GetString(1), severity, shown.Title, shown.Mechanism, shown.WhatToDo, shown.Source, row.GetString(4), row.Instant(5),
            row.WordOrNull<OverrideReason>(6), row.TextOrNull(7), row.InstantOrNull(8), row.TextOrNull(9)));
    }

    private static string? OfFormulary(string? code, string? system) => system == CodeSystems.Formulary ? code : null;

    private static Sig? SigOf(string? json) => json is null ? null : JsonSerializer.Deserialize<Sig>(json, LineDirections.Json);

    private static NpgsqlBatchCommand With(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private sealed record Measured(string Code, decimal? Number, string? Unit, string? Text, DateOnly On);
}

/// <summary>The texts of a finding, as they stood on the screen.</summary>
internal sealed record ShownFinding(string Title, string Mechanism, string WhatToDo, string Source, DateOnly SourceDate);
