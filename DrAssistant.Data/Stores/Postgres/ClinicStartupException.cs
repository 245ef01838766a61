namespace DrAssistant.Data.Stores.Postgres;

/// <summary>
/// The portal cannot start, for a reason its operator can put right. The message is the one sentence to show:
/// it holds no password and no patient.
/// </summary>
public sealed class ClinicStartupException : Exception
{
    /// <summary>For serialisers; says nothing that an operator could use.</summary>
    public ClinicStartupException()
        : this("The portal cannot start.")
    {
    }

    /// <summary>Says what is wrong and what to do, in one sentence.</summary>
    public ClinicStartupException(string message)
        : base(message)
    {
    }

    /// <summary>Says it, and keeps the cause for the log.</summary>
    public ClinicStartupException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
