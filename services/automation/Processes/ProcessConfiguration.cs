using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Automation.Processes;

internal static class ProcessConfiguration
{
    public const string UniqueSubject = "ix_processes_subject";

    public static void Map(EntityTypeBuilder<Process> builder)
    {
        builder.IsResource("processes");
        builder.Property(process => process.CausedBy).HasDefaultValue("");
        builder.HasIndex(process => new { process.TenantId, process.SubjectType, process.SubjectId, process.Type }).IsUnique().HasDatabaseName(UniqueSubject);
        builder.HasMany(process => process.Steps).WithOne().HasForeignKey(step => new { step.TenantId, step.ProcessId });
    }

    public static void Map(EntityTypeBuilder<ProcessStep> builder)
    {
        builder.IsResource("process_steps");
        builder.HasIndex(step => new { step.TenantId, step.ProcessId, step.Name }).IsUnique();
    }
}
