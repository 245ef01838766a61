using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Staff;

internal sealed class StaffMemberConfiguration : IEntityTypeConfiguration<StaffMember>
{
    public void Configure(EntityTypeBuilder<StaffMember> staff)
    {
        staff.ToTable("users");
        staff.Property(s => s.UserName).HasColumnName("username").HasMaxLength(50).IsRequired();
        staff.Property(s => s.NormalizedUserName).HasColumnName("normalized_username").HasMaxLength(50).IsRequired();
        staff.Property(s => s.Email).HasMaxLength(100).IsRequired();
        staff.Property(s => s.NormalizedEmail).HasMaxLength(100).IsRequired();
        staff.Property(s => s.FullName).HasMaxLength(100);
        staff.Property(s => s.Role).HasEnumText();
        staff.Property(s => s.Status).HasEnumText();
        staff.Property(s => s.Specialty).HasMaxLength(50);
        staff.Property(s => s.PhoneNumber).HasColumnName("phone").HasMaxLength(20);
        staff.Property(s => s.PhoneNumberConfirmed).HasColumnName("phone_confirmed");
        staff.Property(s => s.ProfileImageUrl).HasMaxLength(255);
        staff.Property(s => s.PasswordHash).HasMaxLength(255).IsRequired();
        staff.Property(s => s.SecurityStamp).HasMaxLength(64);
        staff.Property(s => s.ConcurrencyStamp).HasMaxLength(64);
        staff.Property(s => s.Qualification).HasMaxLength(100);
        staff.Property(s => s.RegistrationNumber).HasMaxLength(50);
        staff.Property(s => s.RegistrationCouncil).HasMaxLength(100);
        staff.Property(s => s.Preferences).HasColumnType("jsonb");

        // The database keeps both; nothing here writes them.
        staff.Property(s => s.CreatedAt).HasDefaultValueSql("now()");
        staff.Property(s => s.UpdatedAt).HasDefaultValueSql("now()").ValueGeneratedOnAddOrUpdate();
    }
}
