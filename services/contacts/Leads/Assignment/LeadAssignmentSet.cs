using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Contacts.Leads.Assignment;

/// <summary>The rules by which a company gives leads to people.</summary>
internal sealed class LeadAssignmentSet : LeadRuleSet<V1.LeadAssignment>
{
    public const string UniqueTenant = "ix_lead_assignments_tenant_id";

    public static void Map(EntityTypeBuilder<LeadAssignmentSet> builder) => Map(builder, "lead_assignments", UniqueTenant);

    public static async Task<V1.LeadAssignment> OfAsync(ContactsDbContext db, CancellationToken cancellationToken) =>
        await db.LeadAssignments.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } set ? set.ToMessage() : new V1.LeadAssignment();

    public void Set(V1.LeadAssignment assignment, DateTimeOffset now) => Keep(new V1.LeadAssignment(assignment) { Etag = "" }, now);

    public V1.LeadAssignment ToMessage()
    {
        var message = Read();
        message.Etag = Etag;
        return message;
    }
}
