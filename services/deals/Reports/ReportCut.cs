using Platform.Data;
using Platform.Deals.History;

namespace Platform.Deals.Reports;

/// <summary>By what a report has lines of their own, and which deals it is about: all by what the deals were at its moment.</summary>
/// <param name="By">By what; unspecified for one line of all.</param>
/// <param name="BySplits">Whether those have a deal who share the credit for it.</param>
/// <param name="Team">Only deals of this team.</param>
/// <param name="Source">Only deals that came from there; empty for all.</param>
internal sealed record ReportCut(V1.Grouping By, bool BySplits, Guid? Team, string Source)
{
    public static ReportCut Of(bool byOwner, V1.Grouping groupBy, V1.Credit credit, string team, string source)
    {
        var by = groupBy == V1.Grouping.Unspecified && byOwner ? V1.Grouping.Owner : groupBy;
        return new ReportCut(by, by == V1.Grouping.Owner && credit == V1.Credit.Splits, team.ToIdOrNull(), source.Trim());
    }

    /// <summary>The fields that are told, or narrowed by, in the names of the .proto.</summary>
    public IEnumerable<string> Fields =>
    [
        .. By == V1.Grouping.Owner ? ["owner_id"] : Array.Empty<string>(), .. BySplits ? ["splits"] : Array.Empty<string>(),
        .. By == V1.Grouping.Team || Team is not null ? ["team_id"] : Array.Empty<string>(), .. By == V1.Grouping.Source || Source.Length > 0 ? ["source"] : Array.Empty<string>(),
    ];

    /// <summary>Those of the lines after which a deal is one that the report is about.</summary>
    public IQueryable<DealChange> Narrow(IQueryable<DealChange> lines)
    {
        if (Team is { } team)
            lines = lines.Where(line => line.TeamId == team);
        return Source.Length > 0 ? lines.Where(line => line.Source == Source) : lines;
    }

    /// <summary>The same of one.</summary>
    public bool Has(Step last) => (Team is null || last.TeamId == Team) && (Source.Length == 0 || last.Source == Source);

    /// <summary>On which line a deal is.</summary>
    public ReportGroup GroupOf(Guid? owner, Guid? team, string source) => By switch
    {
        V1.Grouping.Owner => new(owner, null, ""),
        V1.Grouping.Team => new(null, team, ""),
        V1.Grouping.Source => new(null, null, source),
        _ => new(null, null, ""),
    };
}

/// <summary>What a line of a report is about: of the three the one by which the report has lines.</summary>
internal readonly record struct ReportGroup(Guid? OwnerId, Guid? TeamId, string Source);
