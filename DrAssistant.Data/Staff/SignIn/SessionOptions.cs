using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>How long a session lasts, and how many wrong passwords an account bears.</summary>
public sealed class SessionOptions
{
    public const string Section = "Sessions";

    /// <summary>A session that nobody used for this long ends.</summary>
    public int IdleMinutes { get; set; } = 30;

    /// <summary>A session ends after this long however busy its person is.</summary>
    public int AbsoluteHours { get; set; } = 12;

    /// <summary>So many wrong passwords in a row lock the account.</summary>
    public int FailuresUntilLocked { get; set; } = 5;

    public int LockedMinutes { get; set; } = 15;

    public TimeSpan Idle => TimeSpan.FromMinutes(IdleMinutes);

    public TimeSpan Absolute => TimeSpan.FromHours(AbsoluteHours);

    public TimeSpan Locked => TimeSpan.FromMinutes(LockedMinutes);
}

/// <summary>By hand: the generated validator does not pass on what a range attribute is to say.</summary>
internal sealed class SessionOptionsValidator : IValidateOptions<SessionOptions>
{
    public ValidateOptionsResult Validate(string? name, SessionOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        Check(options.IdleMinutes, nameof(SessionOptions.IdleMinutes), 5, 240);
        Check(options.AbsoluteHours, nameof(SessionOptions.AbsoluteHours), 1, 24);
        Check(options.FailuresUntilLocked, nameof(SessionOptions.FailuresUntilLocked), 3, 20);
        Check(options.LockedMinutes, nameof(SessionOptions.LockedMinutes), 1, 1440);
        return result.Build();

        void Check(int value, string key, int least, int most)
        {
            if (value < least || value > most)
            {
                result.AddError($"{SessionOptions.Section}:{key} must be a whole number from {least} to {most}.");
            }
        }
    }
}
