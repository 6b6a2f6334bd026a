using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Activities;

internal static class DeleteActivity
{
    public static async Task<Result<Empty>> Handle(V1.DeleteActivityRequest request, ContactsDbContext db, KnownDeals deals, CancellationToken cancellationToken)
    {
        if (await db.LoadAsync(request.Id, deals, cancellationToken) is not { } activity)
            return ActivityErrors.NotFound(request.Id);
        if (activity.Kind == V1.ActivityKind.System)
            return ActivityErrors.ReadOnly;
        if (!activity.Matches(request.Etag))
            return Error.Stale("activity");
        db.Activities.Remove(activity);
        db.Publish(activity.Id, new V1.ActivityDeleted { Id = activity.Id.ToString(), Left = ActivityTargets.Of(activity).ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : new Empty();
    }
}
