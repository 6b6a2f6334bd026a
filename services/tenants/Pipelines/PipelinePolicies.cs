using Microsoft.EntityFrameworkCore;
using Platform.Access;

namespace Platform.Tenants.Pipelines;

/// <summary>That deals of other teams' pipelines are out of reach, as a rule of the access engine: so it holds wherever the engine does.</summary>
internal static class PipelinePolicies
{
    private const string Deals = "deals.deal";
    private const string Name = "Pipelines of other teams";

    private static readonly string[] Actions = ["read", "create", "update", "delete", "export"];

    /// <summary>One for each pipeline that the person does not see.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="teams">The teams of the person, those above them among them.</param>
    /// <param name="permissions">What the person's roles grant.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public static async Task<IEnumerable<V1.AccessPolicy>> PipelinePoliciesAsync(
        this TenantsDbContext db, List<Guid> teams, IReadOnlyCollection<string> permissions, CancellationToken cancellationToken)
    {
        if (permissions.Contains(PipelineSight.Manage))
            return [];
        var hidden = await db.TeamPipelines.Where(row => row.TeamIds.Count > 0 && !row.TeamIds.Any(team => teams.Contains(team)))
            .OrderBy(row => row.PipelineId).Select(row => row.PipelineId).ToListAsync(cancellationToken);
        return hidden.Select(pipeline => new V1.AccessPolicy
        {
            Id = pipeline.ToString(),
            Name = Name,
            Resource = Deals,
            Specificity = V1.PolicySpecificity.Pipeline,
            Effect = V1.PolicyEffect.Deny,
            Actions = { Actions },
            Filter = $"pipeline_id = \"{pipeline}\"",
        });
    }
}
