using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Staff;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>A resource that is in, and what became of it.</summary>
internal sealed record ImportedRow(ResourceKey Key, string Target, Guid TargetId, Guid? PatientId, byte[]? Fingerprint);

/// <summary>The tables that an import fills, with the columns it knows.</summary>
internal static class Tables
{
    public static readonly Table<StaffMember> Users = new("users",
        Column<StaffMember>.Of("id", "uuid", u => u.Id),
        Column<StaffMember>.Of("username", "text", u => u.UserName),
        Column<StaffMember>.Of("normalized_username", "text", u => u.NormalizedUserName),
        Column<StaffMember>.Of("email", "text", u => u.Email),
        Column<StaffMember>.Of("normalized_email", "text", u => u.NormalizedEmail),
        Column<StaffMember>.Of("full_name", "text", u => u.FullName),
        Column<StaffMember>.Of("role", "text", u => EnumText.Of(u.Role)),
        Column<StaffMember>.Of("status", "text", u => EnumText.Of(u.Status)),
        Column<StaffMember>.Of("qualification", "text", u => u.Qualification),
        Column<StaffMember>.Of("phone", "text", u => u.PhoneNumber),
        Column<StaffMember>.Of("password_hash", "text", u => u.PasswordHash),
        Column<StaffMember>.Of("security_stamp", "text", u => u.SecurityStamp),
        Column<StaffMember>.Of("concurrency_stamp", "text", u => u.ConcurrencyStamp))
    {
        Shared = true,
    };

    public static readonly Table<Patient> Patients = new("patients",
        Column<Patient>.Of("id", "uuid", p => p.Id),
        Column<Patient>.Of("mrn", "text", p => p.Mrn),
        Column<Patient>.Of("first_name", "text", p => p.FirstName),
        Column<Patient>.Of("last_name", "text", p => p.LastName),
        Column<Patient>.Of("date_of_birth", "date", p => p.DateOfBirth),
        Column<Patient>.Of("date_of_birth_estimated", "boolean", p => p.DateOfBirthEstimated),
        Column<Patient>.Of("gender", "text", p => EnumText.Of(p.Gender)),
        Column<Patient>.Of("status", "text", p => EnumText.Of(p.Status)),
        Column<Patient>.Of("phone", "bytea", p => p.Phone),
        Column<Patient>.Of("phone_index", "bytea", p => p.PhoneIndex),
        Column<Patient>.Of("phone_tail_index", "bytea", p => p.PhoneTailIndex),
        Column<Patient>.Of("email", "bytea", p => p.Email),
        Column<Patient>.Of("email_index", "bytea", p => p.EmailIndex),
        Column<Patient>.Of("abha_id", "bytea", p => p.AbhaId),
        Column<Patient>.Of("abha_index", "bytea", p => p.AbhaIndex),
        Column<Patient>.Of("abha_address", "bytea", p => p.AbhaAddress),
        Column<Patient>.Of("abha_address_index", "bytea", p => p.AbhaAddressIndex),
        Column<Patient>.Of("address", "bytea", p => p.Address),
        Column<Patient>.Of("emergency_contact", "bytea", p => p.EmergencyContact),
        Column<Patient>.Of("preferred_language", "text", p => p.PreferredLanguage),
        Column<Patient>.Of("deceased_at", "timestamptz", p => p.DeceasedAt));

    public static readonly Table<PatientNameTerms> Names = new("patient_name_index",
        Column<PatientNameTerms>.Of("patient_id", "uuid", t => t.PatientId),
        Column<PatientNameTerms>.Of("terms", "text", t => t.Terms));

    public static readonly Table<Encounter> Encounters = new("encounters",
        Column<Encounter>.Of("id", "uuid", e => e.Id),
        Column<Encounter>.Of("patient_id", "uuid", e => e.PatientId),
        Column<Encounter>.Of("doctor_id", "uuid", e => e.DoctorId),
        Column<Encounter>.Of("encounter_type", "text", e => EnumText.Of(e.EncounterType)),
        Column<Encounter>.Of("start_time", "timestamptz", e => e.StartTime),
        Column<Encounter>.Of("end_time", "timestamptz", e => e.EndTime),
        Column<Encounter>.Of("chief_complaint", "text", e => e.ChiefComplaint),
        Column<Encounter>.Of("status", "text", e => EnumText.Of(e.Status)))
    {
        Shared = true,
    };

    public static readonly Table<Condition> Conditions = new("conditions",
        Column<Condition>.Of("id", "uuid", c => c.Id),
        Column<Condition>.Of("patient_id", "uuid", c => c.PatientId),
        Column<Condition>.Of("encounter_id", "uuid", c => c.EncounterId),
        Column<Condition>.Of("code", "text", c => c.Code),
        Column<Condition>.Of("code_system", "text", c => c.CodeSystem),
        Column<Condition>.Of("name", "text", c => c.Name),
        Column<Condition>.Of("status", "text", c => EnumText.Of(c.Status)),
        Column<Condition>.Of("onset_at", "timestamptz", c => c.OnsetAt),
        Column<Condition>.Of("abated_at", "timestamptz", c => c.AbatedAt),
        Column<Condition>.Of("recorded_at", "timestamptz", c => c.RecordedAt),
        Column<Condition>.Of("recorded_by", "uuid", c => c.RecordedBy));

    public static readonly Table<Allergy> Allergies = new("allergies",
        Column<Allergy>.Of("id", "uuid", a => a.Id),
        Column<Allergy>.Of("patient_id", "uuid", a => a.PatientId),
        Column<Allergy>.Of("substance", "text", a => a.Substance),
        Column<Allergy>.Of("code", "text", a => a.Code),
        Column<Allergy>.Of("code_system", "text", a => a.CodeSystem),
        Column<Allergy>.Of("category", "text", a => a.Category),
        Column<Allergy>.Of("type", "text", a => EnumText.Of(a.Type)),
        Column<Allergy>.Of("reaction", "text", a => a.Reaction),
        Column<Allergy>.Of("severity", "text", a => a.Severity is { } severity ? EnumText.Of(severity) : null),
        Column<Allergy>.Of("status", "text", a => EnumText.Of(a.Status)),
        Column<Allergy>.Of("recorded_at", "timestamptz", a => a.RecordedAt),
        Column<Allergy>.Of("recorded_by", "uuid", a => a.RecordedBy));

    public static readonly Table<Observation> Observations = new("observations",
        Column<Observation>.Of("id", "uuid", o => o.Id),
        Column<Observation>.Of("patient_id", "uuid", o => o.PatientId),
        Column<Observation>.Of("encounter_id", "uuid", o => o.EncounterId),
        Column<Observation>.Of("category", "text", o => o.Category),
        Column<Observation>.Of("code", "text", o => o.Code),
        Column<Observation>.Of("code_system", "text", o => o.CodeSystem),
        Column<Observation>.Of("name", "text", o => o.Name),
        Column<Observation>.Of("value_number", "numeric", o => o.ValueNumber),
        Column<Observation>.Of("value_text", "text", o => o.ValueText),
        Column<Observation>.Of("unit", "text", o => o.Unit),
        Column<Observation>.Of("effective_at", "timestamptz", o => o.EffectiveAt),
        Column<Observation>.Of("recorded_by", "uuid", o => o.RecordedBy),
        Column<Observation>.Of("status", "text", o => EnumText.Of(o.Status)));

    public static readonly Table<Procedure> Procedures = new("procedures",
        Column<Procedure>.Of("id", "uuid", p => p.Id),
        Column<Procedure>.Of("patient_id", "uuid", p => p.PatientId),
        Column<Procedure>.Of("encounter_id", "uuid", p => p.EncounterId),
        Column<Procedure>.Of("code", "text", p => p.Code),
        Column<Procedure>.Of("code_system", "text", p => p.CodeSystem),
        Column<Procedure>.Of("name", "text", p => p.Name),
        Column<Procedure>.Of("reason", "text", p => p.Reason),
        Column<Procedure>.Of("started_at", "timestamptz", p => p.StartedAt),
        Column<Procedure>.Of("ended_at", "timestamptz", p => p.EndedAt),
        Column<Procedure>.Of("status", "text", p => EnumText.Of(p.Status)),
        Column<Procedure>.Of("recorded_by", "uuid", p => p.RecordedBy));

    public static readonly Table<Immunization> Immunizations = new("immunizations",
        Column<Immunization>.Of("id", "uuid", i => i.Id),
        Column<Immunization>.Of("patient_id", "uuid", i => i.PatientId),
        Column<Immunization>.Of("encounter_id", "uuid", i => i.EncounterId),
        Column<Immunization>.Of("code", "text", i => i.Code),
        Column<Immunization>.Of("code_system", "text", i => i.CodeSystem),
        Column<Immunization>.Of("name", "text", i => i.Name),
        Column<Immunization>.Of("given_at", "timestamptz", i => i.GivenAt),
        Column<Immunization>.Of("status", "text", i => EnumText.Of(i.Status)),
        Column<Immunization>.Of("recorded_by", "uuid", i => i.RecordedBy));

    public static readonly Table<Prescription> Prescriptions = new("prescriptions",
        Column<Prescription>.Of("id", "uuid", p => p.Id),
        Column<Prescription>.Of("encounter_id", "uuid", p => p.EncounterId),
        Column<Prescription>.Of("patient_id", "uuid", p => p.PatientId),
        Column<Prescription>.Of("doctor_id", "uuid", p => p.DoctorId),
        Column<Prescription>.Of("status", "text", p => EnumText.Of(p.Status)),
        Column<Prescription>.Of("created_at", "timestamptz", p => p.CreatedAt),
        Column<Prescription>.Of("signed_at", "timestamptz", p => p.SignedAt),
        Column<Prescription>.Of("valid_from", "date", p => p.ValidFrom),
        Column<Prescription>.Of("valid_until", "date", p => p.ValidUntil),
        Column<Prescription>.Of("notes", "text", p => p.Notes),
        Column<Prescription>.Of("cancel_reason", "text", p => p.CancelReason))
    {
        Shared = true,
    };

    public static readonly Table<PrescriptionItem> PrescriptionItems = new("prescription_items",
        Column<PrescriptionItem>.Of("id", "uuid", i => i.Id),
        Column<PrescriptionItem>.Of("prescription_id", "uuid", i => i.PrescriptionId),
        Column<PrescriptionItem>.Of("patient_id", "uuid", i => i.PatientId),
        Column<PrescriptionItem>.Of("medication_name", "text", i => i.MedicationName),
        Column<PrescriptionItem>.Of("medication_code", "text", i => i.MedicationCode),
        Column<PrescriptionItem>.Of("code_system", "text", i => i.CodeSystem),
        Column<PrescriptionItem>.Of("dosage", "text", i => i.Dosage),
        Column<PrescriptionItem>.Of("frequency", "text", i => i.Frequency),
        Column<PrescriptionItem>.Of("duration", "text", i => i.Duration),
        Column<PrescriptionItem>.Of("quantity", "text", i => i.Quantity),
        Column<PrescriptionItem>.Of("refills", "integer", i => i.Refills),
        Column<PrescriptionItem>.Of("instructions", "text", i => i.Instructions),
        Column<PrescriptionItem>.Of("ends_on", "date", i => i.EndsOn),
        Column<PrescriptionItem>.Of("stopped_at", "timestamptz", i => i.StoppedAt));

    public static readonly Table<Order> Orders = new("orders",
        Column<Order>.Of("id", "uuid", o => o.Id),
        Column<Order>.Of("encounter_id", "uuid", o => o.EncounterId),
        Column<Order>.Of("patient_id", "uuid", o => o.PatientId),
        Column<Order>.Of("doctor_id", "uuid", o => o.DoctorId),
        Column<Order>.Of("order_type", "text", o => EnumText.Of(o.OrderType)),
        Column<Order>.Of("status", "text", o => EnumText.Of(o.Status)),
        Column<Order>.Of("created_at", "timestamptz", o => o.CreatedAt),
        Column<Order>.Of("ordered_at", "timestamptz", o => o.OrderedAt),
        Column<Order>.Of("completed_at", "timestamptz", o => o.CompletedAt),
        Column<Order>.Of("notes", "text", o => o.Notes))
    {
        Shared = true,
    };

    public static readonly Table<OrderItem> OrderItems = new("order_items",
        Column<OrderItem>.Of("id", "uuid", i => i.Id),
        Column<OrderItem>.Of("order_id", "uuid", i => i.OrderId),
        Column<OrderItem>.Of("patient_id", "uuid", i => i.PatientId),
        Column<OrderItem>.Of("item_code", "text", i => i.ItemCode),
        Column<OrderItem>.Of("item_name", "text", i => i.ItemName),
        Column<OrderItem>.Of("code_system", "text", i => i.CodeSystem));

    public static readonly Table<OrderResult> Results = new("results",
        Column<OrderResult>.Of("id", "uuid", r => r.Id),
        Column<OrderResult>.Of("order_item_id", "uuid", r => r.OrderItemId),
        Column<OrderResult>.Of("patient_id", "uuid", r => r.PatientId),
        Column<OrderResult>.Of("code", "text", r => r.Code),
        Column<OrderResult>.Of("code_system", "text", r => r.CodeSystem),
        Column<OrderResult>.Of("name", "text", r => r.Name),
        Column<OrderResult>.Of("value_number", "numeric", r => r.ValueNumber),
        Column<OrderResult>.Of("value_text", "text", r => r.ValueText),
        Column<OrderResult>.Of("unit", "text", r => r.Unit),
        Column<OrderResult>.Of("reference_low", "numeric", r => r.ReferenceLow),
        Column<OrderResult>.Of("reference_high", "numeric", r => r.ReferenceHigh),
        Column<OrderResult>.Of("flag", "text", r => EnumText.Of(r.Flag)),
        Column<OrderResult>.Of("status", "text", r => EnumText.Of(r.Status)),
        Column<OrderResult>.Of("effective_at", "timestamptz", r => r.EffectiveAt),
        Column<OrderResult>.Of("issued_at", "timestamptz", r => r.IssuedAt),
        Column<OrderResult>.Of("reviewed_by", "uuid", r => r.ReviewedBy),
        Column<OrderResult>.Of("reviewed_at", "timestamptz", r => r.ReviewedAt),
        Column<OrderResult>.Of("review_comment", "text", r => r.ReviewComment));

    public static readonly Table<ImportedRow> Imported = new("imported_resources",
        Column<ImportedRow>.Of("source", "text", r => r.Key.Source),
        Column<ImportedRow>.Of("resource_type", "text", r => r.Key.Type),
        Column<ImportedRow>.Of("resource_id", "text", r => r.Key.Id),
        Column<ImportedRow>.Of("target", "text", r => r.Target),
        Column<ImportedRow>.Of("target_id", "uuid", r => r.TargetId),
        Column<ImportedRow>.Of("patient_id", "uuid", r => r.PatientId),
        Column<ImportedRow>.Of("fingerprint", "bytea", r => r.Fingerprint))
    {
        Shared = true,
    };

    /// <summary>Parents before their children.</summary>
    public static readonly IReadOnlyList<Table> InOrder =
    [
        Users, Patients, Names, Encounters, Conditions, Allergies, Observations, Procedures, Immunizations,
        Prescriptions, PrescriptionItems, Orders, OrderItems, Results, Imported,
    ];
}
