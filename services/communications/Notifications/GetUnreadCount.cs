using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Communications.Notifications;

internal static class GetUnreadCount
{
    public static async Task<Result<V1.UnreadCount>> Handle(CommunicationsDbContext db, CancellationToken cancellationToken) =>
        new V1.UnreadCount { Unread = await db.OwnNotifications().CountAsync(row => row.ReadTime == null, cancellationToken) };
}
