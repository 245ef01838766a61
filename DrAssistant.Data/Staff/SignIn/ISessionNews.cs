namespace DrAssistant.Data.Staff.SignIn;

/// <summary>Says on every portal that some session has ended, so that whoever shows pages looks at once and not at their next second.</summary>
public interface ISessionNews
{
    /// <summary>Raised on whatever thread hears of it. Which one it was is for the record to say: ask <see cref="ISessions.EndsAsync"/>.</summary>
    event EventHandler? Heard;
}
