using Google.Api;
using Grpc.Core;
using Platform.Access;
using Platform.Bulk;
using Platform.Bulk.V1;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Records.Bulk;

/// <summary>The RPC table of work on many records. What a job does needs its own permission, which is asked for when its operation is known.</summary>
internal sealed class BulkService(BulkJobs jobs, CustomFieldDirectory fields, Caller caller) : V1.BulkService.BulkServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<BulkJob> BulkRecords(V1.BulkRecordsRequest request, ServerCallContext context) => StartAsync(request, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<ListBulkJobsResponse> ListBulkJobs(ListBulkJobsRequest request, ServerCallContext context) => jobs.ListAsync(request, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<BulkJob> GetBulkJob(GetBulkJobRequest request, ServerCallContext context) => jobs.GetAsync(request, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<ListBulkJobItemsResponse> ListBulkJobItems(ListBulkJobItemsRequest request, ServerCallContext context) => jobs.ListItemsAsync(request, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<BulkJob> CancelBulkJob(CancelBulkJobRequest request, ServerCallContext context) => jobs.CancelAsync(request, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<BulkJob> UndoBulkJob(UndoBulkJobRequest request, ServerCallContext context) => jobs.UndoAsync(request, context.CancellationToken).Reply();

    [Permission(Permissions.Export)]
    public override Task DownloadBulkFile(DownloadBulkFileRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context) => jobs.SendFileAsync(request, responseStream, context);

    // Which object is meant is the company's to know.
    private async Task<Result<BulkJob>> StartAsync(V1.BulkRecordsRequest request, CancellationToken cancellationToken)
    {
        if (await fields.TryLoadAsync(caller, cancellationToken) is { } unavailable)
            return unavailable;
        var known = caller.FindObject(request.Object);
        return known.IsError ? known.Error : await jobs.StartAsync(known.Value.Resource, Bulk.BulkRecords.OrderOf(request), cancellationToken);
    }
}
