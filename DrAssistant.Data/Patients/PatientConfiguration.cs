using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Patients;

internal sealed class PatientConfiguration : IEntityTypeConfiguration<Patient>
{
    public void Configure(EntityTypeBuilder<Patient> patient)
    {
        patient.ToTable("patients");
        patient.Property(p => p.Mrn).HasMaxLength(50);
        patient.Property(p => p.FirstName).HasMaxLength(50);
        patient.Property(p => p.LastName).HasMaxLength(50);
        patient.Property(p => p.Gender).HasEnumText(10);
        patient.Property(p => p.BloodGroup).HasMaxLength(5);
        patient.Property(p => p.PreferredLanguage).HasMaxLength(10);
        patient.Property(p => p.ToldApartReason).HasMaxLength(255);
        patient.Property(p => p.InactiveReason).HasMaxLength(255);
        patient.Property(p => p.Status).HasEnumText();
        patient.Property(p => p.AllergiesStatus).HasEnumText();
        patient.Property(p => p.CreatedAt).HasDefaultValueSql("now()");
        patient.Property(p => p.UpdatedAt).HasDefaultValueSql("now()").ValueGeneratedOnAddOrUpdate();

        // Two desks editing one patient must not overwrite each other silently.
        patient.Property<uint>("xmin").IsRowVersion();
    }
}
