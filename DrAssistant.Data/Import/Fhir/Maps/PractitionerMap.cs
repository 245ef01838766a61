namespace DrAssistant.Data.Import.Fhir.Maps;

/// <summary>Practitioner: a doctor of another practice, who can never sign in here.</summary>
internal static class PractitionerMap
{
    public static void Map(FhirEntry entry, FileContext context)
    {
        var numbers = Identifiers.Of(entry.Resource).Where(i => i.IsRecordNumber && i.KeyFor(entry.Type).Fits).ToList();
        if (numbers.Select(i => context.Known.Find(i.KeyFor(entry.Type))).OfType<ImportedRow>().FirstOrDefault() is { } met)
        {
            entry.Nearest.Add("Practitioner: known already by an identifier");
            entry.Becomes("users", met.TargetId, null);
            return;
        }

        if (HumanName.Of(entry) is not { } name)
        {
            entry.Refuse("has no name");
            return;
        }

        var member = OutsideStaff.Make(Guid.CreateVersion7(), entry.Fit(name.Full, 100, "name") ?? "");
        member.Qualification = entry.Fit(entry.Resource.Items("qualification").Select(q => q.Part("code").Words()).FirstOrDefault(), 100, "qualification.code");
        member.PhoneNumber = entry.Fit(
            entry.Resource.Items("telecom").FirstOrDefault(t => t.Text("system") == "phone").Text("value"), 20, "telecom.value");
        entry.LeftOut.AddRange(entry.Resource.Items("telecom").Where(t => t.Text("system") != "phone").Select(_ => "Practitioner.telecom (no telephone)"));
        entry.Add(Tables.Users, member);
        entry.Becomes("users", member.Id, null);
        foreach (var key in numbers.Select(i => i.KeyFor(entry.Type)).Where(key => key != entry.Key).Distinct())
        {
            entry.Add(Tables.Imported, new ImportedRow(key, "users", member.Id, null, null));
        }
    }
}
