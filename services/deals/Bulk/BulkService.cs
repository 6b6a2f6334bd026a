using Google.Api;
using Grpc.Core;
using Platform.Access;
using Platform.Bulk;
using Platform.Bulk.V1;
using Platform.Deals.Deals;
using Platform.Deals.Quotes;
using Platform.Errors;

namespace Platform.Deals.Bulk;

/// <summary>The RPC table of work on many records. What a job does needs its own permission, which is asked for when its operation is known.</summary>
internal sealed class BulkService(BulkJobs jobs) : V1.BulkService.BulkServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<BulkJob> BulkDeals(V1.BulkDealsRequest request, ServerCallContext context) =>
        jobs.StartAsync(Deal.Resource.Info.Name, Bulk.BulkDeals.OrderOf(request), context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<BulkJob> BulkQuotes(V1.BulkQuotesRequest request, ServerCallContext context) =>
        jobs.StartAsync(Quote.Resource.Info.Name, Bulk.BulkQuotes.OrderOf(request), context.CancellationToken).Reply();

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
}
