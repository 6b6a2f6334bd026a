using Platform.Filtering;
using Platform.Pipelines.V1;
using Platform.Tenancy;

namespace Platform.Access;

/// <summary>Who sees which pipelines. Of the deals in them the access engine says the same, by a rule that the tenants service writes.</summary>
public static class PipelineSight
{
    /// <summary>Who may change pipelines sees all of them.</summary>
    public const string Manage = "pipelines.write";

    /// <summary>Whether teams mean nothing to the caller: a manager of pipelines, a machine, or the platform itself.</summary>
    public static bool SeesAllPipelines(this Caller caller) => caller.Kind is not (CallerKind.Person or CallerKind.Support) || caller.Access?.Permissions.Contains(Manage) is true;

    /// <summary>The teams that the caller is in, those above them among them.</summary>
    public static IReadOnlyList<Guid> PipelineTeams(this Caller caller) => caller.Access?.Variables.Teams ?? [];

    /// <summary>Whether the caller sees a pipeline.</summary>
    public static bool Sees(this Caller caller, Pipeline pipeline) =>
        pipeline.TeamIds.Count == 0 || caller.SeesAllPipelines() || pipeline.TeamIds.Any(team => Guid.TryParse(team, out var id) && caller.PipelineTeams().Contains(id));
}
