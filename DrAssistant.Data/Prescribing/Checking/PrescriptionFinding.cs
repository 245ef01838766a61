using System.Text.Json;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Prescribing.Checking;

/// <summary>A finding that interrupted a doctor, as it was shown, and the reason for which it was signed over.</summary>
internal sealed class PrescriptionFinding
{
    public required Guid Id { get; init; }

    public required Guid PrescriptionId { get; init; }

    public required Guid PatientId { get; init; }

    public required Guid DoctorId { get; init; }

    public required string FindingKey { get; init; }

    public required string Kind { get; set; }

    public required string Severity { get; set; }

    public required JsonElement Shown { get; set; }

    public required string DataVersion { get; set; }

    public required DateTimeOffset ShownAt { get; set; }

    public OverrideReason? Reason { get; private set; }

    public string? ReasonText { get; private set; }

    public DateTimeOffset? OverriddenAt { get; private set; }

    public Guid? OverriddenBy { get; private set; }

    public FindingSettling? Settled { get; private set; }

    public void Override(OverrideReason reason, string text, Guid by, DateTimeOffset now)
        => (Reason, ReasonText, OverriddenBy, OverriddenAt) = (reason, text, by, now);

    /// <summary>What became of it in the end.</summary>
    public void Settle(FindingSettling how) => Settled = how;
}

internal enum FindingSettling
{
    /// <summary>Signed over, with the reason.</summary>
    Signed,

    /// <summary>It was not there any more when the prescription was signed.</summary>
    Heeded,

    /// <summary>The draft was given up.</summary>
    GivenUp,
}

internal sealed class PrescriptionFindingConfiguration : IEntityTypeConfiguration<PrescriptionFinding>
{
    public void Configure(EntityTypeBuilder<PrescriptionFinding> finding)
    {
        finding.ToTable("prescription_findings");
        finding.Property(f => f.FindingKey).HasMaxLength(300);
        finding.Property(f => f.Kind).HasMaxLength(40);
        finding.Property(f => f.Severity).HasMaxLength(20);
        finding.Property(f => f.DataVersion).HasMaxLength(200);
        finding.Property(f => f.Reason).HasEnumText(40);
        finding.Property(f => f.ReasonText).HasMaxLength(500);
        finding.Property(f => f.Settled).HasEnumText(10);
    }
}
