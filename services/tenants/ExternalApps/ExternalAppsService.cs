using System.Security.Claims;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Access.ExternalApps;
using Platform.Errors;
using Platform.Idempotency;
using Platform.Tenancy;

namespace Platform.Tenants.ExternalApps;

/// <summary>The RPC table of a company's external applications.</summary>
internal sealed class ExternalAppsService(TenantsDbContext db, Caller caller, IdentityClients identity, TimeProvider time) : V1.ExternalAppsService.ExternalAppsServiceBase
{
    [Permission(Permissions.Admin)]
    [SecretReply]
    public override Task<V1.CreateExternalAppResponse> CreateExternalApp(V1.CreateExternalAppRequest request, ServerCallContext context) =>
        ExternalApps.CreateExternalApp.Handle(request, db, caller, identity, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.ExternalApp> GetExternalApp(V1.GetExternalAppRequest request, ServerCallContext context) =>
        ExternalApps.GetExternalApp.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.ListExternalAppsResponse> ListExternalApps(V1.ListExternalAppsRequest request, ServerCallContext context) =>
        ExternalApps.ListExternalApps.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.ExternalApp> UpdateExternalApp(V1.UpdateExternalAppRequest request, ServerCallContext context) =>
        ExternalApps.UpdateExternalApp.Handle(request, db, caller, identity, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    [SecretReply]
    public override Task<V1.RotateExternalAppResponse> RotateExternalApp(V1.RotateExternalAppRequest request, ServerCallContext context) =>
        ExternalApps.RotateExternalApp.Handle(request, db, caller, identity, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<Empty> DeleteExternalApp(V1.DeleteExternalAppRequest request, ServerCallContext context) =>
        ExternalApps.DeleteExternalApp.Handle(request, db, caller, identity, context.CancellationToken).Reply();

    [AnyMember(EvenSuspended = true)]
    public override Task<V1.Grant> GetGrant(V1.GetGrantRequest request, ServerCallContext context) =>
        ExternalApps.GetGrant.Handle(caller, ClientOf(context.GetHttpContext().User)).Reply();

    private static string ClientOf(ClaimsPrincipal user) =>
        user.FindFirstValue("azp") is { } client && ExternalClient.IsOne(client) ? client : "";
}
