using Platform.Tenancy.Placements;

namespace Platform.Contacts.Chores;

/// <summary>Work whose time has come. A claim is a lease: what a crash leaves behind is taken again.</summary>
internal sealed class ChoreQueue(WorkPlaces places)
{
    private const string Take = """
        UPDATE chores SET due_time = now() + interval '10 minutes'
        WHERE (tenant_id, kind, subject_id) = (SELECT tenant_id, kind, subject_id FROM chores WHERE due_time <= now() ORDER BY due_time LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING tenant_id, kind, subject_id
        """;

    /// <summary>Takes what has waited longest; null when nothing is due.</summary>
    public async Task<(Guid Tenant, ChoreKind Kind, Guid Subject)?> ClaimAsync(CancellationToken cancellationToken) =>
        await places.RowsAcrossTenantsAsync(Chore.Table, Take, [], cancellationToken)
            .Select(row => ((Guid, ChoreKind, Guid)?)(row.GetGuid(0), Enum.Parse<ChoreKind>(row.GetString(1)), row.GetGuid(2))).FirstOrDefaultAsync(cancellationToken);
}
