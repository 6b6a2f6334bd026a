using System.Collections.Frozen;
using Platform.Contacts.V1;
using Platform.Pipelines.V1;

namespace Platform.Deals.Stages;

/// <summary>How many activities of some kinds are done with a deal.</summary>
/// <param name="Counts">By kind, no further than was asked for; what is not in it was not asked for.</param>
internal sealed record DoneActivities(IReadOnlyDictionary<ActivityKind, int> Counts)
{
    /// <summary>Of a deal that is just made.</summary>
    public static readonly DoneActivities None = new(Enum.GetValues<ActivityKind>().ToFrozenDictionary(kind => kind, _ => 0));

    /// <summary>Whether all of these were asked for.</summary>
    public bool Tells(IReadOnlyDictionary<ActivityKind, int> asked) => asked.Keys.All(Counts.ContainsKey);

    /// <summary>Those of which there are too few.</summary>
    public IReadOnlyList<ActivityRequirement> Missing(IEnumerable<ActivityRequirement> asked) => [.. asked.Where(kind => Counts.GetValueOrDefault(kind.Kind) < kind.Count)];
}
