using Platform.Audit.V1;
using Platform.Events;

namespace Platform.Tenants.Audit;

internal static class OnHeadSealed
{
    public static async Task Handle(HeadSealed message, EventContext context, TenantsDbContext db, CancellationToken cancellationToken)
    {
        db.NotedHeads.Add(new NotedHead { Service = message.Service, Sequence = message.Sequence, Hash = message.Hash, NoteTime = context.Time });
        await db.SaveChangesAsync(cancellationToken);
    }
}
