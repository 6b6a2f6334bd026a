using Platform.Data;
using Platform.Tenancy.Placements;

namespace Platform.Bulk;

/// <summary>Jobs whose time has come.</summary>
internal sealed class BulkQueue(WorkPlaces places)
{
    private static readonly DueTable Table = new(BulkChore.Table, "tenant_id, job_id, kind", BulkScopes.Lease);

    /// <summary>What is done in turns.</summary>
    public DueWork<(Guid Tenant, Guid Job, BulkChoreKind Kind)> Turns { get; } = Of(places, $"kind <> '{nameof(BulkChoreKind.Export)}'");

    /// <summary>What takes as long as a file is large.</summary>
    public DueWork<(Guid Tenant, Guid Job, BulkChoreKind Kind)> Exports { get; } = Of(places, $"kind = '{nameof(BulkChoreKind.Export)}'");

    private static DueWork<(Guid Tenant, Guid Job, BulkChoreKind Kind)> Of(WorkPlaces places, string rows) =>
        new(places, Table with { Rows = rows }, row => (row.GetGuid(0), row.GetGuid(1), Enum.Parse<BulkChoreKind>(row.GetString(2))));
}

/// <summary>There is work on a job that is due, or will be.</summary>
internal sealed class BulkSignal() : WorkSignal(typeof(BulkChore));

/// <summary>The same for exports.</summary>
internal sealed class BulkExportSignal() : WorkSignal(typeof(BulkChore));
