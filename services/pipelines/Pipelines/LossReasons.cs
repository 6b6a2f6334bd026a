using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Pipelines.Pipelines;

/// <summary>Why deals of a pipeline are lost, as it is sent and as it is kept.</summary>
internal static class LossReasons
{
    /// <summary>The reasons as they are kept: with ids, those that were left out and other archived ones last.</summary>
    public static Result<List<V1.LossReason>> Arrange(IReadOnlyCollection<V1.LossReason> known, IReadOnlyCollection<V1.LossReason> sent)
    {
        var left = known.ToDictionary(reason => reason.Id, StringComparer.Ordinal);
        var all = new List<V1.LossReason>();
        foreach (var (i, reason) in sent.Index())
        {
            var kept = reason.Clone();
            if (kept.Id.Length == 0)
                kept.Id = Guid.CreateVersion7().ToString();
            else if (!left.Remove(kept.Id))
                return Error.Invalid($"pipeline.lossReasons[{i}].id", Say($"This pipeline has no other loss reason with id '{kept.Id}': leave the id out for a new one."));
            kept.Name = kept.Name.Trim();
            all.Add(kept);
        }

        foreach (var reason in left.Values)
            all.Add(new V1.LossReason(reason) { Archived = true });
        return all.OrderBy(reason => reason.Archived).ToList();
    }
}
