using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Communications.Notifications;

internal static class MarkNotificationsRead
{
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
        var (user, now) = (db.Caller.Subject, time.GetUtcNow());
        // By one statement: more of the same may join a notification at this moment, which is read with it or stays unread as a whole.
        await db.InTransactionAsync(async () =>
        {
            var read = await named.ExecuteUpdateAsync(set => set.SetProperty(row => row.ReadTime, now).SetProperty(row => row.UpdateTime, now), cancellationToken);
            if (read == 0)
                return false;
            // To the person's other windows.
            db.Publish(Guid.Parse(user), new V1.NotificationsChanged { UserId = user });
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }, cancellationToken);
        return await GetUnreadCount.Handle(db, cancellationToken);
    }
}
