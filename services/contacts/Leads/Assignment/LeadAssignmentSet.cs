using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Contacts.Leads.Assignment;

/// <summary>The rules by which a company gives leads to people.</summary>
internal sealed class LeadAssignmentSet : Entity
{
    public const string UniqueTenant = "ix_lead_assignments_tenant_id";

    /// <summary>The rules as the JSON of their contract.</summary>
    public string Rules { get; private set; } = "";

    public static void Map(EntityTypeBuilder<LeadAssignmentSet> builder)
    {
        builder.IsResource("lead_assignments");
        builder.Property(set => set.Rules).HasColumnType("jsonb");
        builder.HasIndex(set => set.TenantId).IsUnique().HasDatabaseName(UniqueTenant);
    }

    public static async Task<V1.LeadAssignment> OfAsync(ContactsDbContext db, CancellationToken cancellationToken) =>
        await db.LeadAssignments.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } set ? set.ToMessage() : new V1.LeadAssignment();

    public void Set(V1.LeadAssignment assignment, DateTimeOffset now) => (Rules, UpdateTime) = (JsonFormatter.Default.Format(new V1.LeadAssignment(assignment) { Etag = "" }), now);

    public V1.LeadAssignment ToMessage()
    {
        var message = JsonParser.Default.Parse<V1.LeadAssignment>(Rules);
        message.Etag = Etag;
        return message;
    }
}
