using DrAssistant.Data.Ordering.Results;

namespace DrAssistant.Data.Encounters;

/// <summary>A vital sign in words, and where it lies for the patient's age and sex.</summary>
public sealed record VitalLine(string Name, string Value, ResultFlag Flag);
