using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Notifications;

/// <summary>Puts what the engine knows of a resource into Aspire's words, beside what the AppHost has told of it.</summary>
internal static class SnapshotOfRun
{
    public static CustomResourceSnapshot Apply(CustomResourceSnapshot before, IResource resource, ResourceSnapshot run, IServiceProvider services)
    {
        var now = before with
        {
            ResourceType = run.Type,
            State = new ResourceStateSnapshot(StateOf(resource, run.State), StyleOf(run)),
            ExitCode = run.ExitCode,
            StartTimeStamp = run.State is ResourceState.Starting && before.State?.Text != KnownResourceStates.Starting ? run.Since.UtcDateTime : before.StartTimeStamp,
            StopTimeStamp = run.State is ResourceState.Exited or ResourceState.FailedToStart ? run.Since.UtcDateTime : null,
            HealthReports = ReportsOf(resource, run),
            Urls = [.. run.Links.Select(link => new UrlSnapshot(link.Endpoint, link.Url, IsInternal: false)
            {
                DisplayProperties = new UrlDisplayPropertiesSnapshot(link.Text ?? "", link.Order),
                IsInactive = run.State is not ResourceState.Running,
            })],
            IsReady = run.IsReady,
        };
        return now with { Commands = [.. ResourceCommandSnapshot.Of(resource, now, services)] };
    }

    // A program finishes, a server exits: Aspire tells them apart.
    private static string StateOf(IResource resource, ResourceState state) => (state, resource) switch
    {
        (ResourceState.Exited, ContainerResource) => KnownResourceStates.Exited,
        (ResourceState.Exited, _) => KnownResourceStates.Finished,
        _ => state.ToString(),
    };

    private static string? StyleOf(ResourceSnapshot run) => run switch
    {
        { State: ResourceState.Running, Healthy: true } => KnownResourceStateStyles.Success,
        { State: ResourceState.Running, Healthy: false } or { State: ResourceState.ValueMissing } => KnownResourceStateStyles.Warn,
        { State: ResourceState.FailedToStart } or { State: ResourceState.Exited, ExitCode: not (null or 0) } => KnownResourceStateStyles.Error,
        _ => null,
    };

    private static ImmutableArray<HealthReportSnapshot> ReportsOf(IResource resource, ResourceSnapshot run)
    {
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).DefaultIfEmpty($"{resource.Name}_check").Distinct();
        HealthStatus? status = run.Healthy switch { true => HealthStatus.Healthy, false => HealthStatus.Unhealthy, null => null };
        return [.. keys.Select(key => new HealthReportSnapshot(key, status, run.Healthy == false ? run.Detail : null, null) { LastRunAt = status is null ? null : run.Since.UtcDateTime })];
    }
}
