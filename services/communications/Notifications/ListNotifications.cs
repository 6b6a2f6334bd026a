using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;

namespace Platform.Communications.Notifications;

internal static class ListNotifications
{
    public static async Task<Result<V1.ListNotificationsResponse>> Handle(
        V1.ListNotificationsRequest request, CommunicationsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var list = new ListRequest(request.PageSize, request.PageToken) { Filter = request.Filter, OrderBy = request.OrderBy, Query = db.Caller.Subject };
        var page = await db.OwnNotifications().ToPageAsync(NotificationFields.Schema, list, FilterContext.Of(db.Caller, time), cancellationToken);
        if (page.IsError)
            return page.Error;
        return new V1.ListNotificationsResponse { Notifications = { page.Value.Items.Select(row => row.ToMessage()) }, NextPageToken = page.Value.NextPageToken };
    }
}
