using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Tenants.SupportAccess;

/// <summary>The RPC table of support access.</summary>
internal sealed class SupportAccessService(TenantsDbContext db, AccessDirectory directory, TimeProvider time) : V1.SupportAccessService.SupportAccessServiceBase
{
    [Permission(Permissions.Support)]
    public override Task<V1.SupportGrant> RequestSupportAccess(V1.RequestSupportAccessRequest request, ServerCallContext context) =>
        SupportAccess.RequestSupportAccess.Handle(request, NameIn(context), db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Support)]
    public override Task<V1.ListOwnSupportGrantsResponse> ListOwnSupportGrants(V1.ListOwnSupportGrantsRequest request, ServerCallContext context) =>
        SupportAccess.ListOwnSupportGrants.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Support)]
    public override Task<V1.SupportGrant> EndSupportAccess(V1.EndSupportAccessRequest request, ServerCallContext context) =>
        SupportAccess.EndSupportAccess.Handle(request, db, directory, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.ListSupportGrantsResponse> ListSupportGrants(V1.ListSupportGrantsRequest request, ServerCallContext context) =>
        SupportAccess.ListSupportGrants.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.SupportGrant> ApproveSupportGrant(V1.ApproveSupportGrantRequest request, ServerCallContext context) =>
        SupportAccess.ApproveSupportGrant.Handle(request, db, directory, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.SupportGrant> RejectSupportGrant(V1.RejectSupportGrantRequest request, ServerCallContext context) =>
        SupportAccess.RejectSupportGrant.Handle(request, db, directory, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.SupportGrant> RevokeSupportGrant(V1.RevokeSupportGrantRequest request, ServerCallContext context) =>
        SupportAccess.RevokeSupportGrant.Handle(request, db, directory, time, context.CancellationToken).Reply();

    // As the identity server knows the person, who has no entry among the company's members.
    private static string NameIn(ServerCallContext context)
    {
        var user = context.GetHttpContext().User;
        var name = user.FindFirst("name")?.Value ?? user.FindFirst("preferred_username")?.Value ?? "";
        return name[..Math.Min(name.Length, 200)];
    }
}
