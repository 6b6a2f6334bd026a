using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;
using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.People;

namespace Platform.Contacts.Activities;

internal static class ActivityConfiguration
{
    public const string UniqueSource = "ix_activities_tenant_id_source";
    public const string LeadKey = "fk_activities_leads";
    public const string PersonKey = "fk_activities_people";
    public const string CompanyKey = "fk_activities_companies";

    public static void Map(EntityTypeBuilder<Activity> builder)
    {
        builder.IsProtectedResource("activities");
        builder.ToTable(table => table.HasCheckConstraint("ck_activities_target", "num_nonnulls(lead_id, person_id, company_id, deal_id) >= 1"));
        builder.Ignore(activity => activity.IsOpen);
        builder.Property(activity => activity.Kind).HasConversion<string>();
        builder.Property(activity => activity.Status).HasConversion<string>();
        builder.Property(activity => activity.MentionedUserIds).HasDefaultValueSql("'{}'::uuid[]");
        builder.Property(activity => activity.Priority).HasConversion<string>();
        builder.HasIndex(activity => new { activity.TenantId, activity.SourceType, activity.SourceId }).IsUnique()
            .HasFilter("source_type <> ''").HasDatabaseName(UniqueSource);
        // One index for the foreign key and for reading the timeline backwards.
        builder.HasIndex(activity => new { activity.TenantId, activity.LeadId, activity.OccurTime, activity.Id });
        builder.HasIndex(activity => new { activity.TenantId, activity.PersonId, activity.OccurTime, activity.Id });
        builder.HasIndex(activity => new { activity.TenantId, activity.CompanyId, activity.OccurTime, activity.Id });
        builder.HasIndex(activity => new { activity.TenantId, activity.DealId, activity.OccurTime, activity.Id }).HasFilter("deal_id IS NOT NULL");
        // What somebody has to do, by when.
        builder.HasIndex(activity => new { activity.TenantId, activity.AssigneeId, activity.Status, activity.DueTime, activity.Id })
            .HasFilter("assignee_id IS NOT NULL").HasDatabaseName("ix_activities_work");
        builder.HasOne<Lead>().WithMany().HasForeignKey(activity => new { activity.TenantId, activity.LeadId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName(LeadKey);
        builder.HasOne<Person>().WithMany().HasForeignKey(activity => new { activity.TenantId, activity.PersonId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName(PersonKey);
        builder.HasOne<Company>().WithMany().HasForeignKey(activity => new { activity.TenantId, activity.CompanyId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName(CompanyKey);
    }
}
