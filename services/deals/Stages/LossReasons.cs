using Platform.Data;
using Platform.Errors;
using Platform.Pipelines.V1;

namespace Platform.Deals.Stages;

/// <summary>Why a deal is lost, by the reasons of its pipeline.</summary>
internal static class LossReasons
{
    /// <summary>What is wrong with the reason that a call names; null where nothing is.</summary>
    public static Error? Check(Place place, string id, string field = "lossReasonId")
    {
        if (id.Length == 0)
            return place.Pipeline.RequiresLossReason ? StageErrors.LossReasonNeeded : null;
        return Find(place, id) is null ? StageErrors.NoLossReason(field) : null;
    }

    /// <summary>The reason in use; null where there is none of that id.</summary>
    public static LossReason? Find(Place place, string id) =>
        id.ToIdOrNull() is { } known ? place.Pipeline.LossReasons.FirstOrDefault(reason => !reason.Archived && reason.Id == known.ToString()) : null;
}
