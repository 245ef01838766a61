using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Recordings;

/// <summary>How long and how large a recording may be, and how long its sound is kept.</summary>
internal sealed class RecordingOptions
{
    public const string Section = "Clinic:Recordings";

    /// <summary>Days after the visit on which the sound and its transcript are erased.</summary>
    public int KeepDays { get; set; } = 90;

    public double MostHours { get; set; } = 4;

    public int MostMegabytes { get; set; } = 300;

    public long MostBytes => MostMegabytes * 1024L * 1024L;
}

internal sealed class RecordingOptionsValidator : IValidateOptions<RecordingOptions>
{
    public ValidateOptionsResult Validate(string? name, RecordingOptions options) => options switch
    {
        { KeepDays: < 1 or > 3650 } => ValidateOptionsResult.Fail("Clinic:Recordings:KeepDays must be 1 to 3650 days."),
        { MostHours: not (> 0 and <= 12) } => ValidateOptionsResult.Fail("Clinic:Recordings:MostHours must be more than 0 and at most 12 hours."),
        { MostMegabytes: < 1 or > 2000 } => ValidateOptionsResult.Fail("Clinic:Recordings:MostMegabytes must be 1 to 2000."),
        _ => ValidateOptionsResult.Success,
    };
}
