using DrAssistant.Data.Staff;

namespace DrAssistant.Data.Import.Demo;

/// <summary>Who can sign in to the demo practice, to be shown at every start.</summary>
/// <param name="People">Its accounts; empty when this is no demo practice.</param>
/// <param name="Password">The password of all of them, as long as nobody has changed theirs; null when it is not known.</param>
public sealed record DemoSignIns(IReadOnlyList<DemoSignIn> People, string? Password)
{
    /// <summary>A password must not reach a log by way of this record.</summary>
    public override string ToString() => nameof(DemoSignIns);
}

public sealed record DemoSignIn(string UserName, StaffRole Role, string FullName);
