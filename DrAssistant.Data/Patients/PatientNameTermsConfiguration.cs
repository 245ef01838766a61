using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Patients;

internal sealed class PatientNameTermsConfiguration : IEntityTypeConfiguration<PatientNameTerms>
{
    /// <summary>A view that is written to: the database keeps each combination of terms once, and who is called so.</summary>
    public void Configure(EntityTypeBuilder<PatientNameTerms> terms)
    {
        terms.ToTable("patient_name_index");
        terms.HasKey(t => t.PatientId);
    }
}
