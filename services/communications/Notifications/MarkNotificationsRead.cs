using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Communications.Notifications;

internal static class MarkNotificationsRead
{
    private const int BatchSize = 500;

    public sealed class Validator : AbstractValidator<V1.MarkNotificationsReadRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Ids).Must(ids => ids.Count <= 200).WithMessage("Send at most 200 ids, or none for all.");
            RuleForEach(request => request.Ids).Id();
        }
    }

    public static async Task<Result<V1.UnreadCount>> Handle(
        V1.MarkNotificationsReadRequest request, CommunicationsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var ids = request.Ids.Select(Guid.Parse).ToList();
        var unread = db.OwnNotifications().Where(row => row.ReadTime == null);
        var named = ids.Count == 0 ? unread : unread.Where(row => ids.Contains(row.Id));
        for (List<Notification> batch; (batch = await named.OrderBy(row => row.Id).Take(BatchSize).ToListAsync(cancellationToken)).Count > 0;)
        {
            foreach (var notification in batch)
                notification.Read(time.GetUtcNow());
            // To the person's other windows.
            db.Publish(batch[0].UserId, new V1.NotificationsChanged { UserId = batch[0].UserId.ToString() });
            // Of two calls at once the slower one finds them read.
            if (await Data.Saving.TrySaveChangesAsync(db, cancellationToken) is { } stale)
                return stale;
        }

        return await GetUnreadCount.Handle(db, cancellationToken);
    }
}
