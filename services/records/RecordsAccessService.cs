using Grpc.Core;
using Platform.Access;
using Platform.Access.Records;
using Platform.Access.V1;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Records;

/// <summary>The RPC table of the rights to single records; which objects there are, the company says.</summary>
internal sealed class RecordsAccessService(RecordAccess access, CustomFieldDirectory objects, Caller caller) : V1.RecordsAccessService.RecordsAccessServiceBase
{
    [AnyMember]
    public override Task<ExplainAccessResponse> ExplainAccess(ExplainAccessRequest request, ServerCallContext context) =>
        KnowingObjectsAsync(() => access.ExplainAsync(request, context.CancellationToken), context).Reply();

    [Permission(Permissions.Read)]
    public override Task<ListSharesResponse> ListShares(ListSharesRequest request, ServerCallContext context) =>
        KnowingObjectsAsync(() => access.ListAsync(request, context.CancellationToken), context).Reply();

    [Permission(Permissions.Write)]
    public override Task<ListSharesResponse> ShareRecord(ShareRecordRequest request, ServerCallContext context) =>
        KnowingObjectsAsync(() => access.ShareAsync(request, context.CancellationToken), context).Reply();

    [Permission(Permissions.Write)]
    public override Task<ListSharesResponse> UnshareRecord(UnshareRecordRequest request, ServerCallContext context) =>
        KnowingObjectsAsync(() => access.UnshareAsync(request, context.CancellationToken), context).Reply();

    private async Task<Result<T>> KnowingObjectsAsync<T>(Func<Task<Result<T>>> call, ServerCallContext context)
        where T : class
    {
        await objects.LoadAsync(caller, context.CancellationToken);
        return await call();
    }
}
