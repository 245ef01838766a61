using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Patients.Merging;

/// <summary>
/// A request to merge two records, and what became of it. The portal adds one; its further states are written by the functions of the
/// database that carry it out.
/// </summary>
internal sealed class PatientMerge
{
    public required Guid Id { get; init; }

    public required Guid SurvivorId { get; init; }

    public required Guid MergedId { get; init; }

    public MergeStatus Status { get; init; } = MergeStatus.Asked;

    /// <summary>JSON: of each field that differs, the side whose value stays.</summary>
    public required string Choices { get; init; }

    public required string Reason { get; init; }

    public required Guid AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public Guid? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? DecidedReason { get; init; }

    public int? RowsFiled { get; init; }

    public Guid? UndoneBy { get; init; }

    public DateTimeOffset? UndoneAt { get; init; }

    public string? UndoneReason { get; init; }

    /// <summary>Ciphertext: the survivor's fields as they were.</summary>
    public byte[]? Before { get; init; }
}

internal sealed class PatientMergeConfiguration : IEntityTypeConfiguration<PatientMerge>
{
    public void Configure(EntityTypeBuilder<PatientMerge> merge)
    {
        merge.ToTable("patient_merges");
        merge.Property(m => m.Status).HasEnumText();
        merge.Property(m => m.Choices).HasColumnType("jsonb");
        merge.Property(m => m.Reason).HasMaxLength(500);
        merge.Property(m => m.DecidedReason).HasMaxLength(500);
        merge.Property(m => m.UndoneReason).HasMaxLength(500);
    }
}
