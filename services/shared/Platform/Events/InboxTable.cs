using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Platform.Events;

internal static class InboxTable
{
    /// <summary>Takes the key in the open transaction; false where the event has been worked on. A parallel delivery waits here.</summary>
    public static async Task<bool> TryAddAsync(PlatformDbContext database, string eventId, string handler, CancellationToken cancellationToken) =>
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO inbox_messages (tenant_id, event_id, handler, process_time)
            VALUES ({database.Caller.RequiredTenantId}, {eventId}, {handler}, now()) ON CONFLICT DO NOTHING
            """,
            cancellationToken) == 1;
}
