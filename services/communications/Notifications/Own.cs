using Platform.Tenancy;

namespace Platform.Communications.Notifications;

internal static class Own
{
    /// <summary>Those of the caller; none where the caller is no person.</summary>
    public static IQueryable<Notification> OwnNotifications(this CommunicationsDbContext db)
    {
        var user = db.Caller.Kind == CallerKind.Person && Guid.TryParse(db.Caller.Subject, out var subject) ? subject : Guid.Empty;
        return db.Notifications.Where(row => row.UserId == user);
    }
}
