using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Prescribing.Register;

/// <summary>A line of the register of Schedule H1: written with the signature, struck out when the prescription is cancelled, never changed.</summary>
internal sealed class H1Line
{
    public const string Schedule = "H1";

    public required Guid Id { get; init; }

    /// <summary>The line of the prescription.</summary>
    public required Guid ItemId { get; init; }

    public required Guid PrescriptionId { get; init; }

    public required Guid PatientId { get; init; }

    public required Guid PrescriberId { get; init; }

    public required string Prescriber { get; init; }

    public string? RegistrationNumber { get; init; }

    public required DateTimeOffset SignedAt { get; init; }

    public required string Medicine { get; init; }

    public string? Strength { get; init; }

    public required string Quantity { get; init; }

    public DateTimeOffset? CancelledAt { get; init; }

    public static IEnumerable<H1Line> Of(Prescription signed) => signed.Items.Where(i => i.Schedule == Schedule).Select(i => new H1Line
    {
        Id = Guid.CreateVersion7(),
        ItemId = i.Id,
        PrescriptionId = signed.Id,
        PatientId = signed.PatientId,
        PrescriberId = signed.DoctorId,
        Prescriber = signed.SignerName ?? "",
        RegistrationNumber = signed.SignerRegistrationNumber,
        SignedAt = signed.SignedAt!.Value,
        Medicine = i.MedicationName,
        Strength = i.Strength,
        Quantity = i.Quantity ?? "",
    });

    public static Task StrikeAsync(ClinicDb db, Guid prescriptionId, DateTimeOffset now, CancellationToken cancellation)
        => db.H1Register.Where(line => line.PrescriptionId == prescriptionId && line.CancelledAt == null)
            .ExecuteUpdateAsync(line => line.SetProperty(l => l.CancelledAt, now), cancellation);
}

internal sealed class H1LineConfiguration : IEntityTypeConfiguration<H1Line>
{
    public void Configure(EntityTypeBuilder<H1Line> line)
    {
        line.ToTable("h1_register");
        line.Property(l => l.Prescriber).HasMaxLength(100);
        line.Property(l => l.RegistrationNumber).HasMaxLength(50);
        line.Property(l => l.Medicine).HasMaxLength(255);
        line.Property(l => l.Strength).HasMaxLength(100);
        line.Property(l => l.Quantity).HasMaxLength(50);
    }
}
