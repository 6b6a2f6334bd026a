using Google.Protobuf.WellKnownTypes;
using Platform.Deals.V1;
using Platform.Events;

namespace Platform.Communications.Followers;

/// <summary>A deal is in another stage: those hear of it who follow it and see stages.</summary>
internal static class OnDealStageChanged
{
    public static Task Handle(DealStageChanged message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken)
    {
        if (RecordKey.IdOf(message.Id) is not { } deal)
            return Task.CompletedTask;
        var data = new Struct
        {
            Fields =
            {
                ["event"] = Value.ForString("stage"),
                ["name"] = Value.ForString(message.Name),
                ["fromPipeline"] = Value.ForString(message.FromPipelineId),
                ["fromStage"] = Value.ForString(message.FromStageId),
                ["pipeline"] = Value.ForString(message.PipelineId),
                ["stage"] = Value.ForString(message.StageId),
            },
        };
        var happening = new Happening("crm.news", null, [new RecordKey(FollowedKinds.Deal, deal)], data)
        {
            Actor = RecordKey.IdOf(context.CausedBy),
            Needed = [$"{FollowedKinds.Deal}.stage_id", $"{FollowedKinds.Deal}.pipeline_id"],
            Shown = new Dictionary<string, string[]> { ["name"] = [$"{FollowedKinds.Deal}.name"] },
        };
        return context.Services.GetRequiredService<Teller>().TellAsync(happening, cancellationToken);
    }
}
