using FluentValidation;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Pipelines.Pipelines;

internal static class UpdatePipeline
{
    public sealed class Validator : AbstractValidator<V1.UpdatePipelineRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Pipeline).NotNull().WithMessage("Send the pipeline.");
            RuleFor(request => request.Pipeline.Id).Id().When(request => request.Pipeline is not null);
        }
    }

    public static async Task<Result<V1.Pipeline>> Handle(V1.UpdatePipelineRequest request, PipelinesDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var loaded = await db.LoadAsync(request.Pipeline.Id, request.Pipeline.Etag, cancellationToken);
        if (loaded.IsError)
            return loaded.Error;
        var pipeline = loaded.Value;
        if (pipeline.IsArchived)
            return PipelineErrors.Archived;
        var merged = Masks.Merge(pipeline.ToMessage(), request.Pipeline, request.UpdateMask);
        if (merged.IsError)
            return merged.Error;
        var message = ((Result<V1.Pipeline>)StageList.Complete(merged.Value, pipeline.Definition.Stages)).Validate(new PipelineValidator(), "pipeline");
        if (message.IsError)
            return message.Error;
        if (pipeline.Update(message.Value, time.GetUtcNow()) is { } error)
            return error;
        return await db.InTransactionAsync(() => db.SaveAsync(pipeline, cancellationToken), cancellationToken);
    }
}
