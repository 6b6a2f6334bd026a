using Google.Api;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Contacts.Activities;

/// <summary>The RPC table of activities.</summary>
internal sealed class ActivitiesService(ContactsDbContext db, KnownDeals deals, TimeProvider time) : V1.ActivitiesService.ActivitiesServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListActivitiesResponse> ListActivities(V1.ListActivitiesRequest request, ServerCallContext context) =>
        Activities.ListActivities.Handle(request, db, deals, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Activity> GetActivity(V1.GetActivityRequest request, ServerCallContext context) =>
        Activities.GetActivity.Handle(request, db, deals, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Activity> CreateActivity(V1.CreateActivityRequest request, ServerCallContext context) =>
        Activities.CreateActivity.Handle(request, db, deals, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Activity> UpdateActivity(V1.UpdateActivityRequest request, ServerCallContext context) =>
        Activities.UpdateActivity.Handle(request, db, deals, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Activity> CompleteActivity(V1.CompleteActivityRequest request, ServerCallContext context) =>
        Activities.CompleteActivity.Handle(request, db, deals, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<Empty> DeleteActivity(V1.DeleteActivityRequest request, ServerCallContext context) =>
        Activities.DeleteActivity.Handle(request, db, deals, context.CancellationToken).Reply();

    [Permission(Permissions.Export)]
    public override Task ExportActivities(V1.ExportActivitiesRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context) =>
        Activities.ExportActivities.Handle(request, responseStream, db, time, context);
}
