using System.Text.Json;
using DrAssistant.Data.Security;

namespace DrAssistant.Data.Patients;

/// <summary>
/// Seals a patient's contact data and ABHA into the row, with the keyed hashes by which they are found, and reveals
/// them again. The only place that knows how they are kept.
/// </summary>
internal sealed class PatientVault(PhiCipher cipher, BlindIndex index)
{
    private const int TailDigits = 4;

    public void Seal(Patient patient, PatientContact contact)
    {
        patient.Phone = Protect(patient, "phone", contact.Phone);
        patient.PhoneIndex = Index(BlindIndexPurpose.Phone, contact.Phone);
        patient.PhoneTailIndex = Index(BlindIndexPurpose.PhoneLastDigits, Tail(contact.Phone));
        patient.Email = Protect(patient, "email", contact.Email);
        patient.EmailIndex = Index(BlindIndexPurpose.Email, contact.Email?.Trim().ToLowerInvariant());
        patient.AbhaId = Protect(patient, "abha_id", contact.AbhaNumber);
        patient.AbhaIndex = Index(BlindIndexPurpose.AbhaNumber, contact.AbhaNumber);
        patient.AbhaAddress = Protect(patient, "abha_address", contact.AbhaAddress);
        patient.AbhaAddressIndex = Index(BlindIndexPurpose.AbhaAddress, contact.AbhaAddress?.Trim().ToLowerInvariant());
        patient.Address = Protect(patient, "address", Serialize(contact.Address));
        patient.EmergencyContact = Protect(patient, "emergency_contact", Serialize(contact.EmergencyContact));
        patient.Guardian = Protect(patient, "guardian", Serialize(contact.Guardian));
    }

    public PatientContact Reveal(Patient patient) => new()
    {
        Phone = Reveal(patient, "phone", patient.Phone),
        Email = Reveal(patient, "email", patient.Email),
        AbhaNumber = Reveal(patient, "abha_id", patient.AbhaId),
        AbhaAddress = Reveal(patient, "abha_address", patient.AbhaAddress),
        Address = Parse<PostalAddress>(Reveal(patient, "address", patient.Address)),
        EmergencyContact = Parse<EmergencyContact>(Reveal(patient, "emergency_contact", patient.EmergencyContact)),
        Guardian = Parse<Guardian>(Reveal(patient, "guardian", patient.Guardian)),
    };

    /// <summary>The one field that a chart's banner needs; the others stay sealed.</summary>
    public AbhaNumber? RevealAbha(Patient patient)
        => Reveal(patient, "abha_id", patient.AbhaId) is { } digits && AbhaNumber.Parse(digits) is { Succeeded: true } number ? number.Value : null;

    /// <summary>Whether a column of <c>patients</c> is ciphertext.</summary>
    public static bool IsSealed(string column) => column is "phone" or "email" or "abha_id" or "abha_address" or "address" or "emergency_contact" or "guardian";

    /// <summary>A sealed column of a row that was not read as an entity.</summary>
    public string? RevealColumn(Guid patientId, string column, byte[]? sealedText) => cipher.Reveal(new FieldAddress("patients", column, patientId), sealedText);

    /// <summary>A column sealed into a row, and the keyed hashes by which it is found there.</summary>
    public IReadOnlyDictionary<string, byte[]?> SealColumn(Guid patientId, string column, string? text)
    {
        var row = new Dictionary<string, byte[]?>(StringComparer.Ordinal) { [column] = cipher.Protect(new FieldAddress("patients", column, patientId), text) };
        switch (column)
        {
            case "phone":
                row["phone_index"] = Index(BlindIndexPurpose.Phone, text);
                row["phone_tail_index"] = Index(BlindIndexPurpose.PhoneLastDigits, Tail(text));
                break;
            case "email":
                row["email_index"] = Index(BlindIndexPurpose.Email, text?.Trim().ToLowerInvariant());
                break;
            case "abha_id":
                row["abha_index"] = Index(BlindIndexPurpose.AbhaNumber, text);
                break;
            case "abha_address":
                row["abha_address_index"] = Index(BlindIndexPurpose.AbhaAddress, text?.Trim().ToLowerInvariant());
                break;
        }

        return row;
    }

    private byte[]? Protect(Patient patient, string column, string? text) => cipher.Protect(At(patient, column), text);

    private string? Reveal(Patient patient, string column, byte[]? sealedText) => cipher.Reveal(At(patient, column), sealedText);

    private byte[]? Index(BlindIndexPurpose purpose, string? normalised)
        => string.IsNullOrEmpty(normalised) ? null : index.Of(purpose, normalised);

    private static FieldAddress At(Patient patient, string column) => new("patients", column, patient.Id);

    private static string? Tail(string? phone) => phone is { Length: >= TailDigits } ? phone[^TailDigits..] : null;

    private static string? Serialize<T>(T? value) => value is null ? null : JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private static T? Parse<T>(string? json)
        where T : class
        => json is null ? null : JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web);
}
