using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Communications.Notifications;

/// <summary>The RPC table of notifications.</summary>
internal sealed class NotificationsService(CommunicationsDbContext db, TimeProvider time) : V1.NotificationsService.NotificationsServiceBase
{
    [AnyMember(MembersOnly = true)]
    public override Task<V1.ListNotificationsResponse> ListNotifications(V1.ListNotificationsRequest request, ServerCallContext context) =>
        Notifications.ListNotifications.Handle(request, db, time, context.CancellationToken).Reply();

    [AnyMember(MembersOnly = true)]
    public override Task<V1.UnreadCount> GetUnreadCount(V1.GetUnreadCountRequest request, ServerCallContext context) =>
        Notifications.GetUnreadCount.Handle(db, context.CancellationToken).Reply();

    [AnyMember(MembersOnly = true)]
    public override Task<V1.UnreadCount> MarkNotificationsRead(V1.MarkNotificationsReadRequest request, ServerCallContext context) =>
        Notifications.MarkNotificationsRead.Handle(request, db, time, context.CancellationToken).Reply();
}
