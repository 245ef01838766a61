using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Patients;

internal sealed class PatientNameTokenConfiguration : IEntityTypeConfiguration<PatientNameToken>
{
    public void Configure(EntityTypeBuilder<PatientNameToken> token)
    {
        token.ToTable("patient_name_tokens");
        token.HasKey(t => new { t.Kind, t.Token, t.PatientId });
        token.Property(t => t.Kind).HasEnumText(10);
        token.Property(t => t.Token).HasMaxLength(60);
    }
}
