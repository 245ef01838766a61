using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Patients;

internal sealed class PatientNameConfiguration : IEntityTypeConfiguration<PatientName>
{
    public void Configure(EntityTypeBuilder<PatientName> name)
    {
        name.ToTable("patient_names");
        name.HasKey(n => n.PatientId);
        name.Property(n => n.Mrn).HasMaxLength(50);
        name.Property(n => n.FirstName).HasMaxLength(50);
        name.Property(n => n.LastName).HasMaxLength(50);
        name.Property(n => n.Gender).HasEnumText(10);
        name.Property(n => n.Status).HasEnumText();
    }
}
