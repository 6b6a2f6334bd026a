using Platform.Access;
using Platform.Data;
using Platform.Tenancy;

namespace Platform.Auditing;

/// <summary>Makes entries: who, for whom, when and where from are those of the scope.</summary>
internal static class AuditEntries
{
    public static AuditEntry Create(PlatformDbContext db, string action, AuditPlan plan, object entity, string? before, string? after) =>
        Create(db, action, entity is ProtectedEntity record ? record.AccessResource().Info.Name : $"{db.Origin.Service}.{plan.Noun}", plan.IdOf(entity), before, after);

    public static AuditEntry Create(PlatformDbContext db, string action, string resource, string resourceId, string? before, string? after)
    {
        var (caller, origin) = (db.Caller, db.Origin);
        var now = origin.Now;
        var entry = new AuditEntry
        {
            TenantId = caller.RequiredTenantId,
            Id = Guid.CreateVersion7(now),
            // What PostgreSQL keeps, so that the hash is the same when it is read.
            Time = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)),
            ActorKind = caller.Kind,
            Actor = caller.Kind == CallerKind.System ? origin.Service : caller.Subject,
            OnBehalfOf = caller.OnBehalfOf,
            Operation = origin.OperationOf(caller),
            TraceId = origin.TraceId,
            ClientAddress = origin.ClientAddress,
            Resource = resource,
            ResourceId = resourceId,
            Action = action,
            Before = before,
            After = after,
        };
        entry.ContentHash = EntryHash.OfContent(entry);
        return entry;
    }
}
