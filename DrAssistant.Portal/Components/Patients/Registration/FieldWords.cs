using DrAssistant.Data.Common;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Portal.Components.Common;

namespace DrAssistant.Portal.Components.Patients.Registration;

/// <summary>What the form calls its fields, where they are spoken of.</summary>
internal static class FieldWords
{
    public static string Of(PatientField field) => field switch
    {
        PatientField.AbhaNumber => "ABHA number",
        PatientField.AbhaAddress => "ABHA address",
        PatientField.BirthDate => "Date of birth",
        PatientField.Email => "E-mail",
        PatientField.AddressLine => "House and street",
        PatientField.Pin => "PIN code",
        PatientField.ContactName => "Emergency contact",
        PatientField.ContactRelation => "Relation of the contact",
        PatientField.ContactPhone => "Contact's mobile",
        PatientField.GuardianName => "Guardian",
        PatientField.GuardianRelation => "Relation of the guardian",
        PatientField.GuardianPhone => "Guardian's mobile",
        _ => Words.Sentence(EnumText.Of(field)),
    };
}
