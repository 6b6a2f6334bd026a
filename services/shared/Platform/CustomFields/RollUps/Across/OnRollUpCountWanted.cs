using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Access;
using Platform.CustomFields.V1;
using Platform.CustomFields.Values;
using Platform.Data;
using Platform.Events;

namespace Platform.CustomFields.RollUps.Across;

/// <summary>Counts all records anew for a service that misses what they give.</summary>
internal static class OnRollUpCountWanted
{
    public static async Task HandleAsync(RollUpCountWanted message, EventContext context, PlatformDbContext db, CancellationToken cancellationToken)
    {
        if (context.Services.GetServices<ProtectedResource>().All(resource => resource.Find(message.Resource) is null))
            return;
        var rows = await db.Set<CustomFieldIndex>()
            .FromSql($"SELECT * FROM custom_field_indexes WHERE resource = {message.Resource} AND field_key = {message.RollUp} FOR UPDATE").ToListAsync(cancellationToken);
        if (rows is not [{ State: IndexState.Building or IndexState.Ready, Run: { } run } index] || IsOnItsWay(message, index, run, db.Time.GetUtcNow()))
            return;
        await RollUpIndexes.BeginAsync(db, index, db.Time.GetUtcNow(), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    // Nothing was told that has not arrived, or a later run is so young that its first messages may be under way.
    private static bool IsOnItsWay(RollUpCountWanted message, CustomFieldIndex index, Guid run, DateTimeOffset now) => message.Run == run.ToString()
        ? message.Number == index.RunNumber
        : index.RunNumber == 0 || BegunAt(run) > now - RollUpTaking.Patience;

    /// <summary>When a run was begun: version 7 begins with the milliseconds.</summary>
    public static DateTimeOffset BegunAt(Guid run) => DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(run.ToString("N")[..12], 16));
}
