using Platform.Errors;

namespace Platform.Contacts.Activities;

internal static class GetActivity
{
    public static async Task<Result<V1.Activity>> Handle(V1.GetActivityRequest request, ContactsDbContext db, KnownDeals deals, CancellationToken cancellationToken) =>
        await db.LoadAsync(request.Id, deals, cancellationToken) is { } activity ? activity.ToMessage() : ActivityErrors.NotFound(request.Id);
}
