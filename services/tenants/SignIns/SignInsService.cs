using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Tenants.SignIns;

/// <summary>The RPC table of the sign-in journal.</summary>
internal sealed class SignInsService(TenantsDbContext db, TimeProvider time) : V1.SignInsService.SignInsServiceBase
{
    [Permission(Permissions.Admin)]
    public override Task<V1.ListSignInsResponse> ListSignIns(V1.ListSignInsRequest request, ServerCallContext context) =>
        SignIns.ListSignIns.Handle(request, db, time, context.CancellationToken).Reply();

    [AnyMember(MembersOnly = true)]
    public override Task<V1.ListOwnSignInsResponse> ListOwnSignIns(V1.ListOwnSignInsRequest request, ServerCallContext context) =>
        SignIns.ListOwnSignIns.Handle(request, db, time, context.CancellationToken).Reply();

    [AnyMember(MembersOnly = true)]
    public override Task<Empty> DescribeDevice(V1.DescribeDeviceRequest request, ServerCallContext context) =>
        SignIns.DescribeDevice.Handle(request, context.GetHttpContext().User.FindFirst("sid")?.Value, db, time, context.CancellationToken).Reply();
}
