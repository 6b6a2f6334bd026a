using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Events;
using Platform.Records.Publishing;

namespace Platform.Records.Purging;

/// <summary>What is known of the company's objects is asked anew; what is public follows; of an object that is gone for good, the records go too.</summary>
internal static class OnObjectTypeChanged
{
    public static async Task Handle(ObjectTypeChanged message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken)
    {
        await PublicObjects.FollowAsync(message, context, db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (!message.Purged)
            return;
        var (tenant, known) = (context.TenantId, message.ObjectType);
        // Now, and not with the records: another object of this key may come. Its numbers go on where these have ended.
        await db.Database.ExecuteSqlAsync($"DELETE FROM custom_field_indexes WHERE tenant_id = {tenant} AND resource = {known.Resource}", cancellationToken);
        // Its roll-ups count nothing any more, and the records that they counted say so with their next change.
        var rollUps = $":{known.Resource}/";
        await db.Database.ExecuteSqlAsync($"DELETE FROM custom_field_indexes WHERE tenant_id = {tenant} AND kind = 'RollUp' AND strpos(field_key, {rollUps}) > 0", cancellationToken);
        await db.Database.ExecuteSqlAsync($"DELETE FROM roll_up_inputs WHERE tenant_id = {tenant} AND strpos(roll_up, {rollUps}) > 0", cancellationToken);
        if (await db.Purges.SingleOrDefaultAsync(row => row.ObjectKey == known.Key && row.RecordId == Guid.Empty, cancellationToken) is { } earlier)
            db.Purges.Remove(earlier);
        await db.SaveChangesAsync(cancellationToken);
        db.Purges.Add(new RecordPurge { ObjectKey = known.Key, MadeUntil = context.Time, DueTime = context.Time });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>One replica has the event; all have what it makes wrong.</summary>
    public static Task ForgetAsync(ObjectTypeChanged message, EventContext context, CancellationToken cancellationToken) =>
        context.Services.GetRequiredService<CustomFieldDirectory>().SpreadAsync(context.TenantId, message.Version, cancellationToken);
}
