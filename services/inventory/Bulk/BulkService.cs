using Google.Api;
using Grpc.Core;
using Platform.Access;
using Platform.Bulk;
using Platform.Bulk.V1;
using Platform.Errors;
using Platform.Inventory.Products;

namespace Platform.Inventory.Bulk;

/// <summary>The RPC table of work on many records. What a job does needs its own permission, which is asked for when its operation is known.</summary>
internal sealed class BulkService(BulkJobs jobs) : V1.BulkService.BulkServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<BulkJob> BulkProducts(V1.BulkProductsRequest request, ServerCallContext context) =>
        jobs.StartAsync(Product.Resource.Info.Name, Bulk.BulkProducts.OrderOf(request), context.CancellationToken).Reply();

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
