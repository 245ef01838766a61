using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>How long a session lasts, and how many wrong passwords an account bears.</summary>
public sealed class SessionOptions
{
    public const string Section = "Sessions";

    /// <summary>A session that nobody used for this long ends.</summary>
    [Range(5, 240, ErrorMessage = "Sessions:IdleMinutes must be from 5 to 240.")]
    public int IdleMinutes { get; set; } = 30;

    /// <summary>A session ends after this long however busy its person is.</summary>
    [Range(1, 24, ErrorMessage = "Sessions:AbsoluteHours must be from 1 to 24.")]
    public int AbsoluteHours { get; set; } = 12;

    /// <summary>So many wrong passwords in a row lock the account.</summary>
    [Range(3, 20, ErrorMessage = "Sessions:FailuresUntilLocked must be from 3 to 20.")]
    public int FailuresUntilLocked { get; set; } = 5;

    [Range(1, 1440, ErrorMessage = "Sessions:LockedMinutes must be from 1 to 1440.")]
    public int LockedMinutes { get; set; } = 15;

    public TimeSpan Idle => TimeSpan.FromMinutes(IdleMinutes);

    public TimeSpan Absolute => TimeSpan.FromHours(AbsoluteHours);

    public TimeSpan Locked => TimeSpan.FromMinutes(LockedMinutes);
}

[OptionsValidator]
internal sealed partial class SessionOptionsValidator : IValidateOptions<SessionOptions>;
