using Google.Api;
using Grpc.Core;
using Platform.Access;
using Platform.Bulk;
using Platform.Bulk.V1;
using Platform.Contacts.Activities;
using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.People;
using Platform.Errors;

namespace Platform.Contacts.Bulk;

/// <summary>The RPC table of work on many records. What a job does needs its own permission, which is asked for when its operation is known.</summary>
internal sealed class BulkService(BulkJobs jobs) : V1.BulkService.BulkServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<BulkJob> BulkPeople(V1.BulkPeopleRequest request, ServerCallContext context) =>
        jobs.StartAsync(Person.Resource.Info.Name, Bulk.BulkPeople.OrderOf(request), context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<BulkJob> BulkCompanies(V1.BulkCompaniesRequest request, ServerCallContext context) =>
        jobs.StartAsync(Company.Resource.Info.Name, Bulk.BulkCompanies.OrderOf(request), context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<BulkJob> BulkLeads(V1.BulkLeadsRequest request, ServerCallContext context) =>
        jobs.StartAsync(Lead.Resource.Info.Name, Bulk.BulkLeads.OrderOf(request), context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<BulkJob> BulkActivities(V1.BulkActivitiesRequest request, ServerCallContext context) =>
        jobs.StartAsync(Activity.Resource.Info.Name, Bulk.BulkActivities.OrderOf(request), context.CancellationToken).Reply();

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
