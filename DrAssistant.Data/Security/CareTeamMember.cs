using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Security;

/// <summary>
/// One person's place on a patient's care team, the boundary inside a practice. The portal reads it; booking,
/// checking in and starting a visit write it in the database itself, breaking the glass by its own function.
/// </summary>
internal sealed class CareTeamMember
{
    public required Guid Id { get; init; }

    public required Guid PatientId { get; init; }

    public required Guid UserId { get; init; }

    public required CareReason Reason { get; init; }

    public string? Note { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>The end of a broken glass; null for a lasting membership.</summary>
    public DateTimeOffset? Until { get; init; }

    public Guid? AddedBy { get; init; }
}

public enum CareReason
{
    Appointment,
    Encounter,
    CheckIn,
    Colleague,
    BreakGlass,
    Import,
    Registration,
}

internal sealed class CareTeamMemberConfiguration : IEntityTypeConfiguration<CareTeamMember>
{
    public void Configure(EntityTypeBuilder<CareTeamMember> member)
    {
        member.ToTable("care_team");
        member.Property(m => m.Reason).HasEnumText();
        member.Property(m => m.Note).HasMaxLength(500);
    }
}
