using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Staff.SecondFactor;

internal sealed class KeptFactorConfiguration : IEntityTypeConfiguration<KeptFactor>
{
    public void Configure(EntityTypeBuilder<KeptFactor> factor)
    {
        factor.ToTable("second_factors");
        factor.HasKey(f => f.UserId);
    }
}
