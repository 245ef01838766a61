using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Tasks;

internal sealed class ClinicTaskConfiguration : IEntityTypeConfiguration<ClinicTask>
{
    public void Configure(EntityTypeBuilder<ClinicTask> task)
    {
        task.ToTable("tasks");
        task.Property(t => t.Title).HasMaxLength(100);
        task.Property(t => t.Priority).HasEnumText(10);
        task.Property(t => t.Status).HasEnumText();
        task.Property(t => t.TaskType).HasEnumText();
        task.Property(t => t.AssignedRole).HasEnumText();
        task.Property(t => t.ChangedBy).ValueGeneratedOnAddOrUpdate();
        task.Property(t => t.CreatedAt).HasDefaultValueSql("now()");
        task.Property(t => t.UpdatedAt).HasDefaultValueSql("now()").ValueGeneratedOnAddOrUpdate();
        task.Property<uint>("xmin").IsRowVersion();
    }
}
