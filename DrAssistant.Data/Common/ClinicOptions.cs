using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Common;

/// <summary>The practice itself: what it is called, where it is, which clock it lives by, and where its files lie.</summary>
public sealed class ClinicOptions
{
    public const string Section = "Clinic";

    /// <summary>Stands on the letterhead of every prescription.</summary>
    [Required(ErrorMessage = "Clinic:Name is missing. Set it to the name of the practice as it should stand on prescriptions.")]
    [StringLength(120, ErrorMessage = "Clinic:Name may have at most 120 characters.")]
    public string Name { get; set; } = "";

    [StringLength(300, ErrorMessage = "Clinic:Address may have at most 300 characters.")]
    public string Address { get; set; } = "";

    [RegularExpression(@"^\+?[0-9][0-9 ()\-]{4,24}$", ErrorMessage = "Clinic:Phone must be a telephone number, such as +91 80 4123 4567.")]
    public string? Phone { get; set; }

    [RegularExpression(@"^\+?[0-9][0-9 ()\-]{4,24}$", ErrorMessage = "Clinic:SecondPhone must be a telephone number, such as +91 80 4123 4567.")]
    public string? SecondPhone { get; set; }

    /// <summary>On the letterhead, as people say it: Mon to Sat, 9 am to 1 pm.</summary>
    [StringLength(120, ErrorMessage = "Clinic:OpeningHours may have at most 120 characters.")]
    public string? OpeningHours { get; set; }

    /// <summary>Where strangers reach the portal to check a prescription: in the QR code of each one. Without it a prescription has a code and no QR code.</summary>
    [RegularExpression(@"^https://[A-Za-z0-9.\-]{1,200}(:[0-9]{1,5})?$", ErrorMessage = "Clinic:PublicAddress must be an address such as https://portal.clinic.example, without a path.")]
    public string? PublicAddress { get; set; }

    /// <summary>Begins every MRN, so that a number read out over the telephone names its practice.</summary>
    [Required(ErrorMessage = "Clinic:MrnPrefix is missing. Set it to one to four capital letters.")]
    [RegularExpression("^[A-Z]{1,4}$", ErrorMessage = "Clinic:MrnPrefix must be one to four capital letters, such as SC.")]
    public string MrnPrefix { get; set; } = "DA";

    /// <summary>The version of the privacy notice that patients are given; kept with each consent (Digital Personal Data Protection Act 2023, s. 5).</summary>
    [Required(ErrorMessage = "Clinic:PrivacyNotice is missing. Set it to the version of the practice's privacy notice, such as 1.")]
    [StringLength(20, ErrorMessage = "Clinic:PrivacyNotice may have at most 20 characters.")]
    public string PrivacyNotice { get; set; } = "1";

    [Required(ErrorMessage = "Clinic:TimeZone is missing. Set it to the practice's time zone, such as Asia/Kolkata.")]
    [KnownTimeZone(ErrorMessage = "Clinic:TimeZone must be a time zone that this machine knows, such as Asia/Kolkata.")]
    public string TimeZone { get; set; } = "Asia/Kolkata";

    /// <summary>From how many minutes on a wait is pointed out in the queue.</summary>
    [Range(1, 240, ErrorMessage = "Clinic:WaitNotedMinutes must be 1 to 240 minutes.")]
    public int WaitNotedMinutes { get; set; } = 15;

    /// <summary>From how many minutes on a wait is called long in the queue.</summary>
    [Range(1, 480, ErrorMessage = "Clinic:WaitLongMinutes must be 1 to 480 minutes.")]
    public int WaitLongMinutes { get; set; } = 30;

    /// <summary>The second language of the waiting-room display: hi, or nothing for English alone.</summary>
    [RegularExpression("^(hi)?$", ErrorMessage = "Clinic:DisplayLanguage must be hi, or empty for English alone.")]
    public string DisplayLanguage { get; set; } = "hi";

    /// <summary>Where the portal keeps what it does not keep in a server: keys, and the stores that run without one.</summary>
    [Required(ErrorMessage = "Clinic:DataFolder is missing. Set it to a folder that only the portal's account may read.")]
    public string DataFolder { get; set; } = "data";

    /// <summary>The wrapped data keys. Never in the database that they protect.</summary>
    public string? KeyRing { get; set; }

    /// <summary>The key that wraps the key ring. Best kept on another volume, so that no single copy opens anything.</summary>
    public string? MasterKey { get; set; }

    /// <summary>
    /// The folder with the keys of forms and open pages, sealed with the key ring. Portals of one practice that share their visitors have to share it,
    /// otherwise each refuses the forms that another one gave out.
    /// </summary>
    public string? FormKeys { get; set; }

    /// <summary>The folder with initdb and postgres, when the portal runs its own PostgreSQL and they are not where they usually are.</summary>
    public string? PostgresBinaries { get; set; }

    /// <summary>A folder into which laboratories' programs put files with results; none when empty.</summary>
    public string? ResultsInbox { get; set; }

    public string KeyRingPath => Path.GetFullPath(Chosen(KeyRing) ?? Path.Combine(DataFolder, "keys", "keyring.json"));

    public string MasterKeyPath => Path.GetFullPath(Chosen(MasterKey) ?? Path.Combine(DataFolder, "keys", "master.json"));

    public string FormKeysPath => Path.GetFullPath(Chosen(FormKeys) ?? Path.Combine(DataFolder, "dataprotection"));

    /// <summary>The password of the demo practice's accounts, where there is a demo practice.</summary>
    public string DemoPasswordPath => Path.GetFullPath(Path.Combine(DataFolder, "secrets", "demo-password"));

    private static string? Chosen(string? path) => string.IsNullOrWhiteSpace(path) ? null : path;
}

[AttributeUsage(AttributeTargets.Property)]
internal sealed class KnownTimeZoneAttribute : ValidationAttribute
{
    // An empty value is [Required]'s to report; two messages for one mistake help nobody.
    public override bool IsValid(object? value)
        => value is not string { Length: > 0 } id || TimeZoneInfo.TryFindSystemTimeZoneById(id, out _);
}

[OptionsValidator]
internal sealed partial class ClinicOptionsValidator : IValidateOptions<ClinicOptions>;
