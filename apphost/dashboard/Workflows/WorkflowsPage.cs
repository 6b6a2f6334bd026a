using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Dashboard.Pages;
using Platform.DurableTask;

namespace Platform.Dashboard.Workflows;

/// <summary>Every workflow's instance, each as the timeline of its steps.</summary>
internal sealed class WorkflowsPage(IRunningStack stack, WorkflowClient client)
{
    private const int Most = 200;

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/workflows", ListAsync);
        app.MapGet("/workflows/{app}/{id}", ShowAsync);
        app.MapPost("/workflows/{app}/{id}/suspend", (string app, string id, HttpRequest request, CancellationToken token) => DoAsync(app, request, "It is suspended.", one => client.SuspendAsync(one, id, token)));
        app.MapPost("/workflows/{app}/{id}/resume", (string app, string id, HttpRequest request, CancellationToken token) => DoAsync(app, request, "It goes on.", one => client.ResumeAsync(one, id, token)));
        app.MapPost("/workflows/{app}/{id}/terminate", (string app, string id, HttpRequest request, CancellationToken token) => DoAsync(app, request, "It is over.", one => client.TerminateAsync(one, id, token)));
        app.MapPost("/workflows/{app}/{id}/rerun/{step}", RerunAsync);
    }

    private async Task<Page> ListAsync(string? q, string? status, CancellationToken cancellationToken)
    {
        var instances = await client.ListAsync(cancellationToken);
        var all = instances.Latest;
        var found = all.Where(instance => string.IsNullOrEmpty(status) || StatusOf(instance.State) == status)
            .Where(instance => string.IsNullOrWhiteSpace(q) || $"{instance.State.Name} {instance.State.InstanceId}".Contains(q.Trim(), StringComparison.OrdinalIgnoreCase)).Take(Most).ToList();
        return new Page("/workflows", "Workflows", Html.Of($"""
            <form class="filters" method="get" data-auto>
            {Filters.Search(q, "Search in names and ids")}
            <select name="status" aria-label="Status">{Filters.Option("", "Every status", string.IsNullOrEmpty(status))}{all.Select(instance => StatusOf(instance.State)).Distinct().Order().Select(one => Filters.Option(one, one, one == status))}</select>
            <button type="submit">Search</button>
            </form>
            <div id="found" data-live>
            {Html.When(instances.Total > all.Count, $"""<p class="note">There are {instances.Total} workflows; the latest {all.Count} of them are looked through.</p>""")}
            {Html.When(found.Count == 0, $"""<p class="empty">No workflow has begun. A deal that is won begins one.</p>""")}
            {Html.When(found.Count > 0, $"""<table class="grid"><caption class="hidden">Workflows</caption><thead><tr><th scope="col">Begun</th><th scope="col">Workflow</th><th scope="col">Status</th><th scope="col">App</th><th scope="col" class="num">Took</th></tr></thead><tbody>{found.Select(Row)}</tbody></table>""")}
            </div>
            """))
        { Instance = stack.Instance };
    }

    private static Html Row(Instance instance) => Html.Of($"""
        <tr><td class="num">{Words.Moment(TimeOf(instance.State.CreatedTimestamp))}</td>
        <td class="wide"><a href="{PathOf(instance.App.Id, instance.State.InstanceId)}">{instance.State.Name}</a><span class="detail">{instance.State.InstanceId}</span></td>
        <td>{Mood(instance.State)}</td><td><span class="who {Tints.Of(instance.App.Id)}">{instance.App.Id}</span></td>
        <td class="num">{Words.Duration(TimeOf(instance.State.CompletedTimestamp ?? instance.State.LastUpdatedTimestamp) - TimeOf(instance.State.CreatedTimestamp))}</td></tr>
        """);

    private async Task<Page> ShowAsync(string app, string id, CancellationToken cancellationToken)
    {
        if (Find(app) is not { } owner || await FindAsync(owner, id, cancellationToken) is not var (instance, history))
            return new Page("/workflows", "No such workflow", Html.Of($"""<p class="empty">It is not known, was purged, or its sidecar does not answer.</p>""")) { Instance = stack.Instance, Above = ("/workflows", "Workflows"), Status = StatusCodes.Status404NotFound };
        var steps = Timeline.Of(history);
        var state = instance.State;
        var begun = TimeOf(state.CreatedTimestamp);
        var end = steps.Select(step => step.End ?? step.Start).Append(TimeOf(state.LastUpdatedTimestamp)).Max();
        return new Page("/workflows", state.Name, Html.Of($"""
            <div id="facts" data-live>
            <p class="lead">{Mood(state)} begun {Words.Moment(begun)}, {Words.Plural(steps.Count, "step", "steps")}, by <span class="who {Tints.Of(app)}">{app}</span> <code>{id}</code></p>
            {Buttons(app, state)}
            <details class="more"><summary>Input and output</summary>{Facts.Of([("input", state.Input ?? ""), ("output", state.Output ?? ""), ("status", state.CustomStatus ?? ""), ("failure", state.FailureDetails?.ErrorMessage ?? ""), ("parent", state.ParentInstanceId ?? "")])}</details>
            </div>
            <ol class="timeline" id="steps" data-live>{steps.Select((step, index) => Row(app, state, step, index, (begun, end)))}</ol>
            """))
        { Instance = stack.Instance, Above = ("/workflows", "Workflows") };
    }

    private static Html Row(string app, WorkflowState state, Step step, int index, (DateTimeOffset Begun, DateTimeOffset End) time)
    {
        var (begun, end) = time;
        var whole = Math.Max(1, (end - begun).TotalMilliseconds);
        var took = (step.End ?? end) - step.Start;
        var (mood, words) = step switch { { Error: not null } => ("bad", "failed"), { End: null } => ("busy", "under way"), _ => ("good", "done") };
        return Html.Of($"""
            <li class="step {step.Kind}{new Html(step.IsCompensation ? " undone" : "")}" id="step{index}">
            <details><summary><span class="mood {mood}"><span class="hidden">{words}</span></span>
            <span class="label"><b>{step.Name}</b> <span class="kind">{step.Kind}</span>{Html.When(step.App is not null, $"""<span class="who {Tints.Of(step.App ?? "")}">{step.App}</span>""")}{Html.When(step.Attempts > 1, $"""<span class="chip">{Words.Plural(step.Attempts, "try", "tries")}</span>""")}{Html.When(step.IsCompensation, $"""<span class="chip">compensation</span>""")}{Html.When(step.Error is not null, $"""<span class="detail bad">{step.Error}</span>""")}</span>
            <span class="track">{Bars.Of((step.Start - begun).TotalMilliseconds / whole, took.TotalMilliseconds / whole, mood)}</span>
            <span class="took">{(step.Kind == "event" ? Words.Clock(step.Start) : Words.Duration(took))}</span></summary>
            {Facts.Of([("begun", Words.Clock(step.Start)), ("ended", step.End is { } ended ? Words.Clock(ended) : ""), ("input", step.Input ?? ""), ("output", step.Output ?? ""), ("error", step.Error ?? "")])}
            {Html.When(IsOver(state) && step.Kind is "activity" or "workflow" or "timer", $"""<form method="post" action="{PathOf(app, state.InstanceId)}/rerun/{step.Id}"><button type="submit">Run again from this step</button></form>""")}
            </details></li>
            """);
    }

    private static Html Buttons(string app, WorkflowState state) => IsOver(state) ? Html.Empty : Html.Of($"""
        <div class="actions">
        {(state.WorkflowStatus is OrchestrationStatus.Suspended ? Button(app, state, "resume", "Resume") : Button(app, state, "suspend", "Suspend"))}
        {Button(app, state, "terminate", "Terminate")}
        </div>
        """);

    private static Html Button(string app, WorkflowState state, string action, string word) =>
        Html.Of($"""<form method="post" action="{PathOf(app, state.InstanceId)}/{action}" data-async><button type="submit">{word}</button></form>""");

    private async Task<IResult> RerunAsync(string app, string id, uint step, CancellationToken cancellationToken)
    {
        if (Find(app) is not { } owner)
            return NoApp(app);
        try
        {
            return Results.LocalRedirect(PathOf(app, await client.RerunAsync(owner, id, step, cancellationToken)));
        }
        catch (RpcException refusal)
        {
            return Results.Text(refusal.Status.Detail, statusCode: StatusCodes.Status409Conflict);
        }
    }

    private async Task<IResult> DoAsync(string app, HttpRequest request, string done, Func<DaprApp, Task> action)
    {
        if (Find(app) is not { } owner)
            return NoApp(app);
        try
        {
            await action(owner);
            return Forms.Answer(request, null, done);
        }
        catch (RpcException refusal)
        {
            return Forms.Answer(request, refusal.Status.Detail, done);
        }
    }

    private async Task<(Instance Instance, IReadOnlyList<HistoryEvent> History)?> FindAsync(DaprApp app, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync(app, id, cancellationToken) is { } instance ? (instance, await client.HistoryAsync(app, id, cancellationToken)) : null;
        }
        catch (RpcException)
        {
            return null;
        }
    }

    private static IResult NoApp(string app) => Results.Text($"There is no app '{app}'.", statusCode: StatusCodes.Status404NotFound);

    private DaprApp? Find(string id) => stack.DaprApps.FirstOrDefault(app => app.Id == id);

    private static string PathOf(string app, string id) => $"/workflows/{Uri.EscapeDataString(app)}/{Uri.EscapeDataString(id)}";

    private static DateTimeOffset TimeOf(Timestamp? time) => time?.ToDateTimeOffset() ?? DateTimeOffset.UnixEpoch;

    private static bool IsOver(WorkflowState state) => state.WorkflowStatus is OrchestrationStatus.Completed or OrchestrationStatus.Failed or OrchestrationStatus.Terminated or OrchestrationStatus.Canceled;

    private static string StatusOf(WorkflowState state) => state.WorkflowStatus.ToString().ToLowerInvariant();

    private static Html Mood(WorkflowState state) => Html.Of($"""<span class="mood {MoodOf(state)}">{StatusOf(state)}</span>""");

    private static string MoodOf(WorkflowState state) => state.WorkflowStatus switch
    {
        OrchestrationStatus.Completed => "good",
        OrchestrationStatus.Failed or OrchestrationStatus.Stalled => "bad",
        OrchestrationStatus.Terminated or OrchestrationStatus.Canceled or OrchestrationStatus.Suspended => "off",
        _ => "busy",
    };
}
