using Dapr.Client.Autogen.Grpc.v1;
using Grpc.Core;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Jobs;

/// <summary>The jobs RPCs, each under its stable name and under the one that older clients know.</summary>
internal sealed class JobsGrpcApi(JobRequests jobs) : DaprApi
{
    public async Task<ScheduleJobResponse> ScheduleJob(ScheduleJobRequest request, ServerCallContext context)
    {
        await jobs.Schedule(context.App(), request.Job, request.Overwrite, context.CancellationToken);
        return new ScheduleJobResponse();
    }

    public Task<GetJobResponse> GetJob(GetJobRequest request, ServerCallContext context) =>
        Task.FromResult(new GetJobResponse { Job = jobs.Get(context.App(), request.Name) });

    public async Task<DeleteJobResponse> DeleteJob(DeleteJobRequest request, ServerCallContext context)
    {
        await jobs.Delete(context.App(), request.Name, context.CancellationToken);
        return new DeleteJobResponse();
    }

    public async Task<DeleteJobsByPrefixResponse> DeleteJobsByPrefix(DeleteJobsByPrefixRequest request, ServerCallContext context)
    {
        await jobs.DeleteByPrefix(context.App(), request.NamePrefix, context.CancellationToken);
        return new DeleteJobsByPrefixResponse();
    }

    public Task<ListJobsResponse> ListJobs(ListJobsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListJobsResponse { Jobs = { jobs.List(context.App()) } });

    public Task<ScheduleJobResponse> ScheduleJobAlpha1(ScheduleJobRequest request, ServerCallContext context) => ScheduleJob(request, context);

    public Task<GetJobResponse> GetJobAlpha1(GetJobRequest request, ServerCallContext context) => GetJob(request, context);

    public Task<DeleteJobResponse> DeleteJobAlpha1(DeleteJobRequest request, ServerCallContext context) => DeleteJob(request, context);

    public async Task<DeleteJobsByPrefixResponseAlpha1> DeleteJobsByPrefixAlpha1(DeleteJobsByPrefixRequestAlpha1 request, ServerCallContext context)
    {
        await jobs.DeleteByPrefix(context.App(), request.NamePrefix, context.CancellationToken);
        return new DeleteJobsByPrefixResponseAlpha1();
    }

    public Task<ListJobsResponseAlpha1> ListJobsAlpha1(ListJobsRequestAlpha1 request, ServerCallContext context) =>
        Task.FromResult(new ListJobsResponseAlpha1 { Jobs = { jobs.List(context.App()) } });
}
