using DrAssistant.Data.Scheduling;

namespace DrAssistant.Data.Import.Demo.Charts;

/// <summary>How far the documentation of a visit has come.</summary>
internal enum DemoNoteState
{
    Signed,

    /// <summary>All written, and not signed.</summary>
    Unsigned,

    /// <summary>Written in a hurry: the plan is still missing.</summary>
    WithoutPlan,

    /// <summary>The patient is with the doctor.</summary>
    Begun,
}

/// <summary>A visit that took place, or takes place.</summary>
internal sealed record DemoSeen(DemoHistory History, DemoPlannedVisit Plan, DateTimeOffset Start, DateTimeOffset? End)
{
    public Appointment? Appointment { get; init; }

    public DemoNoteState Note { get; init; } = DemoNoteState.Signed;

    /// <summary>When a nurse measured; some minutes before the doctor.</summary>
    public required DateTimeOffset MeasuredAt { get; init; }
}
