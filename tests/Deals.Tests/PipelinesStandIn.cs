using Grpc.Core;
using Platform.Pipelines.V1;

namespace Deals.Tests;

/// <summary>Stands for the pipelines service, which is another process: every company has the same two pipelines, but for those that a test speaks of.</summary>
public sealed class PipelinesStandIn : PipelinesService.PipelinesServiceClient
{
    public static readonly Pipeline Sales = Of("Sales", isDefault: true,
        Open("First", 50), Open("Second", 60), Open("Third", 80, ForecastCategory.Commit, rottingDays: 10),
        new Stage { Name = "Won", Kind = StageKind.Won, Probability = 100, ForecastCategory = ForecastCategory.Closed },
        new Stage { Name = "Lost", Kind = StageKind.Lost, ForecastCategory = ForecastCategory.Omitted });

    public static readonly Pipeline Partners = Of("Partners", isDefault: false,
        Open("Met", 5), Open("Offer", 40, ForecastCategory.BestCase, fields: ["close_date", "amount", "custom_fields.note"]),
        new Stage { Name = "Signed", Kind = StageKind.Won, Probability = 100, ForecastCategory = ForecastCategory.Closed, RequiredFields = { "next_step" } },
        new Stage { Name = "Gone", Kind = StageKind.Lost, ForecastCategory = ForecastCategory.Omitted });

    /// <summary>What the service answers; null while it is away.</summary>
    public Func<PipelineBook?> Answer { get; set; } = () => new PipelineBook { Pipelines = { Sales, Partners } };

    public int Asked { get; private set; }

    public override AsyncUnaryCall<PipelineBook> GetPipelineBookAsync(GetPipelineBookRequest request, CallOptions options)
    {
        Asked++;
        var answer = Answer();
        var status = answer is null ? new Status(StatusCode.Unavailable, "away") : Status.DefaultSuccess;
        var response = answer is null ? Task.FromException<PipelineBook>(new RpcException(status)) : Task.FromResult(answer.Clone());
        return new AsyncUnaryCall<PipelineBook>(response, Task.FromResult(new Metadata()), () => status, () => [], () => { });
    }

    public static Stage Open(string name, int probability, ForecastCategory category = ForecastCategory.Pipeline, int rottingDays = 0, params string[] fields) =>
        new() { Name = name, Kind = StageKind.Open, Probability = probability, ForecastCategory = category, RottingDays = rottingDays, RequiredFields = { fields } };

    public static Pipeline Of(string name, bool isDefault, params Stage[] stages)
    {
        foreach (var stage in stages)
            stage.Id = $"{Guid.CreateVersion7()}";
        return new Pipeline
        {
            Id = $"{Guid.CreateVersion7()}",
            Name = name,
            IsDefault = isDefault,
            Stages = { stages },
            LossReasons = { new LossReason { Id = $"{Guid.CreateVersion7()}", Name = "Price" }, new LossReason { Id = $"{Guid.CreateVersion7()}", Name = "Old", Archived = true } },
            RequiresLossReason = !isDefault,
        };
    }
}
