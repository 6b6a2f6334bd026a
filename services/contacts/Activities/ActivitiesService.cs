using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Contacts.Activities;

/// <summary>The RPC table of activities.</summary>
internal sealed class ActivitiesService(ContactsDbContext db, TimeProvider time) : V1.ActivitiesService.ActivitiesServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListActivitiesResponse> ListActivities(V1.ListActivitiesRequest request, ServerCallContext context) =>
        Activities.ListActivities.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Activity> CreateActivity(V1.CreateActivityRequest request, ServerCallContext context) =>
        Activities.CreateActivity.Handle(request, db, time, context.CancellationToken).Reply();
}
