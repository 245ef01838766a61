using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.SignIn;

namespace DrAssistant.Data.Import.Demo;

/// <summary>Who works in the demo practice. Registration numbers are invented, as everybody here is.</summary>
internal sealed class DemoTeam(IReadOnlyDictionary<string, Guid> ids)
{
    public static IReadOnlyList<StaffAccount> Accounts { get; } =
    [
        new("admin", "admin@clinic.example", "Practice administrator", StaffRole.Admin),
        new("dr.meera.iyer", "dr.meera.iyer@clinic.example", "Dr. Meera Iyer", StaffRole.Doctor)
        {
            Specialty = "General medicine",
            Qualification = "MBBS, MD (General Medicine)",
            RegistrationNumber = "KMC-DEMO-40117",
            RegistrationCouncil = "Karnataka Medical Council",
        },
        new("dr.arjun.menon", "dr.arjun.menon@clinic.example", "Dr. Arjun Menon", StaffRole.Doctor)
        {
            Specialty = "Paediatrics",
            Qualification = "MBBS, DNB (Paediatrics)",
            RegistrationNumber = "TCMC-DEMO-28450",
            RegistrationCouncil = "Travancore-Cochin Medical Council",
        },
        new("dr.kavita.rao", "dr.kavita.rao@clinic.example", "Dr. Kavita Rao", StaffRole.Doctor)
        {
            Specialty = "Dermatology",
            Qualification = "MBBS, MD (Dermatology, Venereology and Leprosy)",
            RegistrationNumber = "TSMC-DEMO-15902",
            RegistrationCouncil = "Telangana State Medical Council",
        },
        new("dr.imran.qureshi", "dr.imran.qureshi@clinic.example", "Dr. Imran Qureshi", StaffRole.Doctor)
        {
            Specialty = "Cardiology",
            Qualification = "MBBS, MD (Medicine), DM (Cardiology)",
            RegistrationNumber = "MMC-DEMO-61238",
            RegistrationCouncil = "Maharashtra Medical Council",
        },
        new("mary.thomas", "mary.thomas@clinic.example", "Sr. Mary Thomas", StaffRole.Nurse)
        {
            Qualification = "B.Sc. Nursing",
            RegistrationNumber = "KNC-DEMO-7731",
            RegistrationCouncil = "Karnataka State Nursing Council",
        },
        new("sunita.pawar", "sunita.pawar@clinic.example", "Sr. Sunita Pawar", StaffRole.Nurse)
        {
            Qualification = "GNM",
            RegistrationNumber = "MNC-DEMO-5264",
            RegistrationCouncil = "Maharashtra Nursing Council",
        },
        new("anil.deshmukh", "anil.deshmukh@clinic.example", "Anil Deshmukh", StaffRole.Receptionist),
        new("fatima.sheikh", "fatima.sheikh@clinic.example", "Fatima Sheikh", StaffRole.Receptionist),
    ];

    private static readonly string[] Doctors = ["dr.meera.iyer", "dr.arjun.menon", "dr.kavita.rao", "dr.imran.qureshi"];

    public Guid Admin => ids["admin"];

    public IReadOnlyList<Guid> Nurses => [ids["mary.thomas"], ids["sunita.pawar"]];

    public IReadOnlyList<Guid> Receptionists => [ids["anil.deshmukh"], ids["fatima.sheikh"]];

    public Guid Doctor(DemoPanel panel) => ids[Doctors[(int)panel]];

    /// <summary>Sr. Mary stands by general medicine and cardiology, Sr. Sunita by children and skin.</summary>
    public Guid NurseOf(DemoPanel panel) => ids[panel is DemoPanel.GeneralMedicine or DemoPanel.Cardiology ? "mary.thomas" : "sunita.pawar"];
}
