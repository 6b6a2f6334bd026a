using FluentValidation;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Pipelines.Pipelines;

internal static class CreatePipeline
{
    public sealed class Validator : AbstractValidator<V1.CreatePipelineRequest>
    {
        public Validator() => RuleFor(request => request.Pipeline).NotNull().WithMessage("Send the pipeline.");
    }

    public static async Task<Result<V1.Pipeline>> Handle(V1.CreatePipelineRequest request, PipelinesDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var message = ((Result<V1.Pipeline>)StageList.Complete(StageList.Found(request.Pipeline), known: [])).Validate(new PipelineValidator(), "pipeline");
        if (message.IsError)
            return message.Error;
        var pipeline = Pipeline.Create(message.Value, time.GetUtcNow());
        if (pipeline.IsError)
            return pipeline.Error;
        await db.EnsureDefaultAsync(time, cancellationToken);
        if (await db.AreTooManyAsync(cancellationToken))
            return PipelineErrors.TooMany;
        db.Pipelines.Add(pipeline.Value);
        return await db.InTransactionAsync(() => db.SaveAsync(pipeline.Value, cancellationToken), cancellationToken);
    }
}
