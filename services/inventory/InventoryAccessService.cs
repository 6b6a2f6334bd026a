using Grpc.Core;
using Platform.Access;
using Platform.Access.Records;
using Platform.Access.V1;
using Platform.Errors;

namespace Platform.Inventory;

/// <summary>The RPC table of the rights to single records.</summary>
internal sealed class InventoryAccessService(RecordAccess access) : V1.InventoryAccessService.InventoryAccessServiceBase
{
    [AnyMember]
    public override Task<ExplainAccessResponse> ExplainAccess(ExplainAccessRequest request, ServerCallContext context) =>
        access.ExplainAsync(request, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<ListSharesResponse> ListShares(ListSharesRequest request, ServerCallContext context) =>
        access.ListAsync(request, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<ListSharesResponse> ShareRecord(ShareRecordRequest request, ServerCallContext context) =>
        access.ShareAsync(request, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<ListSharesResponse> UnshareRecord(UnshareRecordRequest request, ServerCallContext context) =>
        access.UnshareAsync(request, context.CancellationToken).Reply();
}
