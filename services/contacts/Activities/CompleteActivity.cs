using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Activities;

internal static class CompleteActivity
{
    public sealed class Validator : AbstractValidator<V1.CompleteActivityRequest>
    {
        public Validator() => RuleFor(request => request.Id).Id();
    }

    public static async Task<Result<V1.Activity>> Handle(V1.CompleteActivityRequest request, ContactsDbContext db, KnownDeals deals, TimeProvider time, CancellationToken cancellationToken)
    {
        // Before there is a transaction, because another service may have to be asked.
        if (await db.LoadAsync(request.Id, deals, cancellationToken) is not { } seen)
            return ActivityErrors.NotFound(request.Id);
        db.ChangeTracker.Clear();
        return await db.InTransactionAsync(() => CompleteAsync(request, seen.DealId, db, time.GetUtcNow(), cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.Activity>> CompleteAsync(V1.CompleteActivityRequest request, Guid? deal, ContactsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(request.Id);
        // Locked, so that of two at once the second sees what the first did.
        if (await db.Activities.FromSql($"SELECT *, xmin FROM activities WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(cancellationToken) is not { } activity)
            return ActivityErrors.NotFound(request.Id);
        // What was seen by way of its deal is seen as long as it is about that deal.
        if ((deal is null || activity.DealId != deal) && !await db.Activities.Where(row => row.Id == id).VisibleTo(db).AnyAsync(cancellationToken))
            return ActivityErrors.NotFound(request.Id);
        if (!ActivityKinds.IsWork(activity.Kind))
            return ActivityErrors.NoWork;
        // Before the etag: a repeated call carries the one from before it was done.
        if (activity.Status == V1.ActivityStatus.Done)
            return activity.ToMessage();
        if (!activity.Matches(request.Etag))
            return Error.Stale("activity");
        if (activity.Status == V1.ActivityStatus.Cancelled)
            return ActivityErrors.Cancelled;
        activity.Complete(now);
        db.Publish(activity.Id, new V1.ActivityCompleted { Activity = activity.ToMessage() });
        await db.SaveChangesAsync(cancellationToken);
        return activity.ToMessage();
    }
}
