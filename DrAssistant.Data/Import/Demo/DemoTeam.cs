using DrAssistant.Data.Staff;

namespace DrAssistant.Data.Import.Demo;

/// <summary>An account of the demo practice. Registration numbers are invented, as everybody here is.</summary>
internal sealed record DemoAccount(string UserName, string FullName, StaffRole Role)
{
    public string? Specialty { get; init; }

    public string? Qualification { get; init; }

    public string? RegistrationNumber { get; init; }

    public string? RegistrationCouncil { get; init; }

    public string Email => $"{UserName}@clinic.example";
}

/// <summary>Who works in the demo practice.</summary>
internal sealed class DemoTeam(IReadOnlyDictionary<string, Guid> ids)
{
    public static IReadOnlyList<DemoAccount> Accounts { get; } =
    [
        new("admin", "Practice administrator", StaffRole.Admin),
        new("dr.meera.iyer", "Dr. Meera Iyer", StaffRole.Doctor)
        {
            Specialty = "General medicine",
            Qualification = "MBBS, MD (General Medicine)",
            RegistrationNumber = "KMC-DEMO-40117",
            RegistrationCouncil = "Karnataka Medical Council",
        },
        new("dr.arjun.menon", "Dr. Arjun Menon", StaffRole.Doctor)
        {
            Specialty = "Paediatrics",
            Qualification = "MBBS, DNB (Paediatrics)",
            RegistrationNumber = "TCMC-DEMO-28450",
            RegistrationCouncil = "Travancore-Cochin Medical Council",
        },
        new("dr.kavita.rao", "Dr. Kavita Rao", StaffRole.Doctor)
        {
            Specialty = "Dermatology",
            Qualification = "MBBS, MD (Dermatology, Venereology and Leprosy)",
            RegistrationNumber = "TSMC-DEMO-15902",
            RegistrationCouncil = "Telangana State Medical Council",
        },
        new("dr.imran.qureshi", "Dr. Imran Qureshi", StaffRole.Doctor)
        {
            Specialty = "Cardiology",
            Qualification = "MBBS, MD (Medicine), DM (Cardiology)",
            RegistrationNumber = "MMC-DEMO-61238",
            RegistrationCouncil = "Maharashtra Medical Council",
        },
        new("mary.thomas", "Sr. Mary Thomas", StaffRole.Nurse)
        {
            Qualification = "B.Sc. Nursing",
            RegistrationNumber = "KNC-DEMO-7731",
            RegistrationCouncil = "Karnataka State Nursing Council",
        },
        new("sunita.pawar", "Sr. Sunita Pawar", StaffRole.Nurse)
        {
            Qualification = "GNM",
            RegistrationNumber = "MNC-DEMO-5264",
            RegistrationCouncil = "Maharashtra Nursing Council",
        },
        new("anil.deshmukh", "Anil Deshmukh", StaffRole.Receptionist),
        new("fatima.sheikh", "Fatima Sheikh", StaffRole.Receptionist),
    ];

    private static readonly string[] Doctors = ["dr.meera.iyer", "dr.arjun.menon", "dr.kavita.rao", "dr.imran.qureshi"];

    public Guid Admin => ids["admin"];

    public IReadOnlyList<Guid> Nurses => [ids["mary.thomas"], ids["sunita.pawar"]];

    public IReadOnlyList<Guid> Receptionists => [ids["anil.deshmukh"], ids["fatima.sheikh"]];

    public Guid Doctor(DemoPanel panel) => ids[Doctors[(int)panel]];

    /// <summary>Sr. Mary stands by general medicine and cardiology, Sr. Sunita by children and skin.</summary>
    public Guid NurseOf(DemoPanel panel) => ids[panel is DemoPanel.GeneralMedicine or DemoPanel.Cardiology ? "mary.thomas" : "sunita.pawar"];
}
