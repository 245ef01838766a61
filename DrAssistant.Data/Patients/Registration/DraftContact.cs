namespace DrAssistant.Data.Patients.Registration;

/// <summary>From a draft that was checked to the contact data that is sealed, and back. What was not touched stays as the record had it.</summary>
internal static class DraftContact
{
    private const string Home = "India";

    public static PatientContact Of(PatientDraft draft, PatientContact? before) => new()
    {
        Phone = draft.IsAsOpened(PatientField.Mobile) ? before?.Phone : Phone(draft, PatientField.Mobile),
        Email = draft.IsAsOpened(PatientField.Email) ? before?.Email : Text(draft, PatientField.Email),
        AbhaNumber = draft.IsAsOpened(PatientField.AbhaNumber)
            ? before?.AbhaNumber
            : AbhaNumber.Parse(draft[PatientField.AbhaNumber]).Value?.Digits,
        AbhaAddress = draft.IsAsOpened(PatientField.AbhaAddress)
            ? before?.AbhaAddress
            : AbhaAddress.Parse(draft[PatientField.AbhaAddress]).Value?.Text,
        Address = Address(draft, before?.Address),
        EmergencyContact = Person(draft, PatientField.ContactName, PatientField.ContactRelation, PatientField.ContactPhone, before?.EmergencyContact?.Phone) is { } contact
            ? new EmergencyContact(contact.Name, contact.Relation, contact.Phone)
            : null,
        Guardian = Person(draft, PatientField.GuardianName, PatientField.GuardianRelation, PatientField.GuardianPhone, before?.Guardian?.Phone) is { } guardian
            ? new Guardian(guardian.Name, guardian.Relation, guardian.Phone)
            : null,
    };

    public static void Fill(PatientDraft draft, PatientContact contact)
    {
        draft[PatientField.Mobile] = PhoneNumber.Show(contact.Phone) ?? "";
        draft.NoPhone = contact.Phone is null;
        draft[PatientField.Email] = contact.Email ?? "";
        draft[PatientField.AbhaNumber] = contact.AbhaNumber is { } digits ? AbhaNumber.Parse(digits).Value?.Shown ?? digits : "";
        draft[PatientField.AbhaAddress] = contact.AbhaAddress ?? "";
        draft[PatientField.AddressLine] = Line(contact.Address);
        draft[PatientField.Town] = contact.Address?.City ?? "";
        draft[PatientField.District] = contact.Address?.District ?? "";
        draft[PatientField.State] = contact.Address?.State ?? "";
        draft[PatientField.Pin] = contact.Address?.Pin ?? "";
        draft[PatientField.ContactName] = contact.EmergencyContact?.Name ?? "";
        draft[PatientField.ContactRelation] = contact.EmergencyContact?.Relation ?? "";
        draft[PatientField.ContactPhone] = PhoneNumber.Show(contact.EmergencyContact?.Phone) ?? "";
        draft[PatientField.GuardianName] = contact.Guardian?.Name ?? "";
        draft[PatientField.GuardianRelation] = contact.Guardian?.Relation ?? "";
        draft[PatientField.GuardianPhone] = PhoneNumber.Show(contact.Guardian?.Phone) ?? "";
    }

    private static PostalAddress? Address(PatientDraft draft, PostalAddress? before)
    {
        PatientField[] fields = [PatientField.AddressLine, PatientField.Town, PatientField.District, PatientField.State, PatientField.Pin];
        if (Array.TrueForAll(fields, field => draft.TextOf(field).Length == 0))
        {
            return null;
        }

        // An import may have brought two lines; the form shows them as one and leaves them as they are when nobody changes it.
        var (line1, line2) = draft.IsAsOpened(PatientField.AddressLine) ? (before?.Line1, before?.Line2) : (Text(draft, PatientField.AddressLine), null);
        return new PostalAddress(
            line1, line2, Text(draft, PatientField.Town), Text(draft, PatientField.District), Text(draft, PatientField.State),
            draft.IsAsOpened(PatientField.Pin) ? before?.Pin : PinCode.Parse(draft[PatientField.Pin]).Value?.Text,
            before?.Country ?? Home);
    }

    private static (string Name, string? Relation, string? Phone)? Person(
        PatientDraft draft, PatientField name, PatientField relation, PatientField phone, string? phoneBefore)
        => Text(draft, name) is { } who
            ? (who, Text(draft, relation), draft.IsAsOpened(phone) ? phoneBefore : Phone(draft, phone))
            : null;

    private static string Line(PostalAddress? address) => string.Join(", ", new[] { address?.Line1, address?.Line2 }.Where(line => !string.IsNullOrWhiteSpace(line)));

    private static string? Phone(PatientDraft draft, PatientField field) => PhoneNumber.Parse(draft.TextOf(field)).Value?.Text;

    private static string? Text(PatientDraft draft, PatientField field) => draft.TextOf(field) is { Length: > 0 } text ? text : null;
}
