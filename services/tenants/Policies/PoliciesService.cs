using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Tenants.Policies;

/// <summary>The RPC table of policies.</summary>
internal sealed class PoliciesService(TenantsDbContext db, AccessDirectory directory, TimeProvider time) : V1.PoliciesService.PoliciesServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListPoliciesResponse> ListPolicies(V1.ListPoliciesRequest request, ServerCallContext context) =>
        Policies.ListPolicies.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Policy> GetPolicy(V1.GetPolicyRequest request, ServerCallContext context) =>
        Policies.GetPolicy.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.Policy> CreatePolicy(V1.CreatePolicyRequest request, ServerCallContext context) =>
        Policies.CreatePolicy.Handle(request, db, directory, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.Policy> UpdatePolicy(V1.UpdatePolicyRequest request, ServerCallContext context) =>
        Policies.UpdatePolicy.Handle(request, db, directory, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<Empty> DeletePolicy(V1.DeletePolicyRequest request, ServerCallContext context) =>
        Policies.DeletePolicy.Handle(request, db, directory, context.CancellationToken).Reply();
}
