using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DrAssistant.Data.Security;

namespace DrAssistant.Data.Prescribing.Signing;

/// <summary>
/// What shows that a signed prescription is unchanged: the SHA-256 of everything the signature vouches for, and the practice's seal under it (HMAC-SHA-256 with a
/// key that is derived from the key ring, so that who can write rows cannot make one). Whose chart it is filed in is not in it: a merge files it anew.
/// The code of a print is the id with the beginning of the seal: it cannot be guessed, and it holds for this content alone.
/// </summary>
internal sealed class PrescriptionSeal(KeyRing ring)
{
    private const int Form = 1;
    private const int IdLength = 16;
    private const int KeyIdLength = 2;
    private const int CodeSealLength = 16;
    private const int CodeLength = KeyIdLength + IdLength + CodeSealLength;
    private static readonly byte[] Purpose = Encoding.UTF8.GetBytes("dr-assistant/prescription-seal/1");

    public SignedContent Seal(Prescription prescription)
    {
        var digest = DigestOf(prescription);
        var key = ring.Newest;
        return new SignedContent(digest, $"{key.Id.ToString(CultureInfo.InvariantCulture)}:{Convert.ToHexStringLower(Mac(key, prescription.Id, digest))}");
    }

    /// <summary>Whether the rows are what was signed, and the seal is this practice's.</summary>
    public bool Matches(Prescription prescription)
    {
        if (prescription is not { ContentDigest: { } kept, Signature: { } signature } || Parse(signature) is not { } seal || ring.Find(seal.Key) is not { } key)
        {
            return false;
        }

        var digest = DigestOf(prescription);
        return digest == kept && CryptographicOperations.FixedTimeEquals(Mac(key, prescription.Id, digest), seal.Mac);
    }

    /// <summary>What the QR code says; null where it was not signed here.</summary>
    public static string? CodeOf(Prescription prescription)
    {
        if (prescription.Signature is not { } signature || Parse(signature) is not { } seal)
        {
            return null;
        }

        Span<byte> code = stackalloc byte[CodeLength];
        BinaryPrimitives.WriteUInt16BigEndian(code, seal.Key);
        prescription.Id.TryWriteBytes(code[KeyIdLength..], bigEndian: true, out _);
        seal.Mac.AsSpan(0, CodeSealLength).CopyTo(code[(KeyIdLength + IdLength)..]);
        return Base64Url.EncodeToString(code);
    }

    /// <summary>The prescription that a code names; whether it is that one's is asked of <see cref="IsCodeOf"/>.</summary>
    public static Guid? IdOf(string? code)
    {
        if (code is not { Length: 46 } || !Base64Url.IsValid(code))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(code);
        return bytes.Length == CodeLength ? new Guid(bytes.AsSpan(KeyIdLength, IdLength), bigEndian: true) : null;
    }

    public static bool IsCodeOf(string code, Prescription prescription)
        => CodeOf(prescription) is { } own && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(own), Encoding.ASCII.GetBytes(code));

    public static string DigestOf(Prescription prescription)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("form", Form);
            json.WriteString("prescription", prescription.Id);
            json.WriteString("encounter", prescription.EncounterId);
            json.WriteString("by", prescription.DoctorId);
            json.WriteString("name", prescription.SignerName);
            json.WriteString("qualification", prescription.SignerQualification);
            json.WriteString("registrationNumber", prescription.SignerRegistrationNumber);
            json.WriteString("registrationCouncil", prescription.SignerRegistrationCouncil);
            json.WriteString("at", Time(prescription.SignedAt));
            json.WriteString("validFrom", Day(prescription.ValidFrom));
            json.WriteString("validUntil", Day(prescription.ValidUntil));
            json.WriteString("advice", prescription.Notes);
            json.WriteString("replaces", prescription.ReplacesId?.ToString());
            json.WriteString("teleconsult", prescription.TeleconsultMode is { } mode ? $"{mode} {prescription.TeleconsultFollowUp}" : null);
            json.WriteStartArray("medicines");
            foreach (var item in prescription.Items.OrderBy(i => i.Position).ThenBy(i => i.Id))
            {
                Write(json, item);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter json, PrescriptionItem item)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Id);
        json.WriteString("name", item.MedicationName);
        json.WriteString("code", item.MedicationCode);
        json.WriteString("system", item.CodeSystem);
        json.WriteString("brand", item.Brand);
        json.WriteString("form", item.Form);
        json.WriteString("strength", item.Strength);
        json.WriteString("dose", item.Dosage);
        json.WriteString("frequency", item.Frequency);
        json.WriteString("duration", item.Duration);
        json.WriteString("quantity", item.Quantity);
        json.WriteNumber("refills", item.Refills ?? 0);
        json.WriteString("route", item.Route);
        json.WriteString("food", item.Food);
        json.WriteString("instructions", item.Instructions);
        json.WriteString("words", item.Words);
        json.WriteString("schedule", item.Schedule);
        json.WriteString("endsOn", Day(item.EndsOn));
        json.WriteEndObject();
    }

    private static byte[] Mac(DataKey key, Guid id, string digest)
    {
        Span<byte> derived = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Material, derived, salt: [], Purpose);
        var mac = HMACSHA256.HashData(derived, Encoding.UTF8.GetBytes($"{id:D}|{digest}"));
        CryptographicOperations.ZeroMemory(derived);
        return mac;
    }

    private static (ushort Key, byte[] Mac)? Parse(string signature)
    {
        var colon = signature.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && ushort.TryParse(signature.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var key) && signature.Length - colon - 1 == 64
            ? (key, Convert.FromHexString(signature.AsSpan(colon + 1)))
            : null;
    }

    // PostgreSQL keeps microseconds; what a digest says must not depend on the rest.
    private static string? Time(DateTimeOffset? at) => at?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Digest and seal, as they are kept.</summary>
internal sealed record SignedContent(string Digest, string Signature);

/// <summary>The person who signs, as it is printed under the prescription.</summary>
internal sealed record Signer(Guid Id, string Name, string? Qualification, string? RegistrationNumber, string? RegistrationCouncil, DateTimeOffset At);
