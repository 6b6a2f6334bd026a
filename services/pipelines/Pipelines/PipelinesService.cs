using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Pipelines.Pipelines;

/// <summary>The RPC table of pipelines.</summary>
internal sealed class PipelinesService(PipelinesDbContext db, TimeProvider time) : V1.PipelinesService.PipelinesServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListPipelinesResponse> ListPipelines(V1.ListPipelinesRequest request, ServerCallContext context) =>
        Pipelines.ListPipelines.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Pipeline> GetPipeline(V1.GetPipelineRequest request, ServerCallContext context) =>
        Pipelines.GetPipeline.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Pipeline> CreatePipeline(V1.CreatePipelineRequest request, ServerCallContext context) =>
        Pipelines.CreatePipeline.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Pipeline> UpdatePipeline(V1.UpdatePipelineRequest request, ServerCallContext context) =>
        Pipelines.UpdatePipeline.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Pipeline> PromotePipeline(V1.PromotePipelineRequest request, ServerCallContext context) =>
        Pipelines.PromotePipeline.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Pipeline> ArchivePipeline(V1.ArchivePipelineRequest request, ServerCallContext context) =>
        Pipelines.ArchivePipeline.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Pipeline> UnarchivePipeline(V1.UnarchivePipelineRequest request, ServerCallContext context) =>
        Pipelines.UnarchivePipeline.Handle(request, db, time, context.CancellationToken).Reply();

    [AnyMember]
    public override Task<V1.PipelineBook> GetPipelineBook(V1.GetPipelineBookRequest request, ServerCallContext context) =>
        Pipelines.GetPipelineBook.Handle(db, time, context.CancellationToken).Reply();
}
