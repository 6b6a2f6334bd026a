using Platform.Pipelines.V1;

namespace Platform.Deals.Stages;

/// <summary>A stage, in its pipeline.</summary>
internal sealed record Place(Pipeline Pipeline, Stage Stage)
{
    public Guid PipelineId { get; } = Guid.Parse(Pipeline.Id);

    public Guid StageId { get; } = Guid.Parse(Stage.Id);

    public bool IsOpen => Stage.Kind == StageKind.Open;
}
