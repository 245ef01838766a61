using DrAssistant.Data.Prescribing.Formulary;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>Checks a prescription as it is typed, against the formulary of this moment. It reads no patient's table: the caller says what is known.</summary>
internal sealed class SafetyChecks(FormularyStore formulary, TimeProvider time)
{
    public async ValueTask<SafetyReport> CheckAsync(SafetyQuestion question, CancellationToken cancellation)
        => SafetyEngine.Check(question, await formulary.CurrentAsync(cancellation), InteractionData.Starter, time.GetUtcNow());
}
