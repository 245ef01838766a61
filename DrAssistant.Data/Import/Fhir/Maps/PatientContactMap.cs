using System.Text.Json;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Import.Fhir.Maps;

/// <summary>How a patient is reached, and the health numbers of India's ABDM.</summary>
internal static class PatientContactMap
{
    private const int DigitsOfAbha = 14;

    public static PatientContact Read(FhirEntry entry)
    {
        var patient = entry.Resource;
        var telecoms = patient.Items("telecom").ToList();
        var phone = telecoms.FindIndex(t => t.Text("system") is "phone" or "sms");
        var email = telecoms.FindIndex(t => t.Text("system") == "email");
        entry.LeftOut.AddRange(telecoms.Where((_, at) => at != phone && at != email).Select(_ => "Patient.telecom (further)"));

        var addresses = patient.Items("address").ToList();
        entry.LeftOut.AddRange(addresses.Skip(1).Select(_ => "Patient.address (further)"));
        entry.LeftOut.AddRange(addresses.Take(1).SelectMany(a => a.Items("extension")).Select(e => $"Patient.address.extension {e.Text("url")?.Split('/')[^1]}"));
        var address = Address(addresses.FirstOrDefault());

        var contacts = patient.Items("contact").ToList();
        entry.LeftOut.AddRange(contacts.Skip(1).Select(_ => "Patient.contact (further)"));
        var (abhaNumber, abhaAddress) = Abha(entry);
        return new PatientContact
        {
            Phone = phone < 0 ? null : Phone(entry, telecoms[phone].Text("value"), address?.Country),
            Email = email < 0 ? null : telecoms[email].Text("value"),
            AbhaNumber = abhaNumber,
            AbhaAddress = abhaAddress,
            Address = address,
            EmergencyContact = Contact(entry, contacts.FirstOrDefault(), address?.Country),
        };
    }

    /// <summary>E.164 where the country is known; a number of an unknown country stays as it is, without spaces.</summary>
    internal static string? Phone(FhirEntry entry, string? written, string? country)
    {
        var digits = string.Concat((written ?? "").Where(char.IsAsciiDigit));
        if (digits.Length == 0)
        {
            return null;
        }

        if (written!.TrimStart().StartsWith('+'))
        {
            return "+" + digits;
        }

        switch (country?.ToUpperInvariant(), digits.Length)
        {
            case ("US" or "USA" or "CA" or "CAN" or "UNITED STATES" or "CANADA", 10):
                return "+1" + digits;
            case ("IN" or "IND" or "INDIA", 10):
                return "+91" + digits;
            default:
                entry.Nearest.Add("Patient.telecom: a telephone number without a country code stays without one");
                return digits;
        }
    }

    private static PostalAddress? Address(JsonElement address)
    {
        var lines = address.Texts("line").ToList();
        var found = new PostalAddress(
            lines.FirstOrDefault() ?? address.Text("text"),
            lines.Count > 1 ? string.Join(", ", lines.Skip(1)) : null,
            address.Text("city"),
            address.Text("district"),
            address.Text("state"),
            address.Text("postalCode"),
            address.Text("country"));
        return found == new PostalAddress() ? null : found;
    }

    private static EmergencyContact? Contact(FhirEntry entry, JsonElement contact, string? country)
    {
        var name = contact.Part("name");
        var words = name is null ? null : string.Join(' ', name.Value.Texts("given").Append(name.Text("family") ?? "")).Trim() is { Length: > 0 } parts ? parts : name.Text("text");
        if (words is null)
        {
            return null;
        }

        var phone = contact.Items("telecom").FirstOrDefault(t => t.Text("system") == "phone").Text("value");
        return new EmergencyContact(words, contact.Items("relationship").Select(r => r.Words()).FirstOrDefault(), Phone(entry, phone, country));
    }

    /// <summary>ABDM: identifiers of healthid.ndhm.gov.in and, newer, healthid.abdm.gov.in.</summary>
    private static (string? Number, string? Address) Abha(FhirEntry entry)
    {
        string? number = null, address = null;
        foreach (var identifier in entry.Resource.Items("identifier"))
        {
            var value = identifier.Text("value") ?? "";
            var digits = string.Concat(value.Where(char.IsAsciiDigit));
            if (identifier.Text("system")?.Contains("healthid.", StringComparison.Ordinal) == true)
            {
                number ??= value.Contains('@', StringComparison.Ordinal) || digits.Length != DigitsOfAbha ? null : digits;
                address ??= value.Contains('@', StringComparison.Ordinal) ? value : null;
            }
            else if (!Identifiers.Of(entry.Resource).Any(i => i.Value == value && i.IsRecordNumber))
            {
                entry.LeftOut.Add($"Patient.identifier {identifier.Part("type").Items("coding").FirstOrDefault().Text("code") ?? "of no system"}");
            }
        }

        return (number, address);
    }
}
