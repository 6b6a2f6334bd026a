using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Dashboard.Pages;

namespace Platform.Dashboard.Dapr;

/// <summary>Apps, components, subscriptions and queues; and two forms: one publishes, one calls.</summary>
internal sealed class DaprPage(IRunningStack stack, Sidecars sidecars, Queues queues)
{
    private static readonly string[] Verbs = ["POST", "GET", "PUT", "DELETE"];

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/dapr", (CancellationToken token) => ShowAsync(null, token));
        app.MapPost("/dapr/publish", async (HttpRequest request, CancellationToken token) => await PublishAsync(await Forms.ReadAsync(request, token), token));
        app.MapPost("/dapr/invoke", async (HttpRequest request, CancellationToken token) => await InvokeAsync(await Forms.ReadAsync(request, token), token));
    }

    private async Task<IResult> PublishAsync(IFormCollection form, CancellationToken cancellationToken) => Find(form["app"]) is not { } app
        ? NoApp(form)
        : await ShowAsync(await sidecars.PublishAsync(app, form["component"].ToString(), form["topic"].ToString(), form["body"].ToString(), cancellationToken), cancellationToken);

    private async Task<IResult> InvokeAsync(IFormCollection form, CancellationToken cancellationToken) => Find(form["app"]) is not { } app
        ? NoApp(form)
        : !Verbs.Contains(form["verb"].ToString())
        ? Results.Text($"'{form["verb"]}' is no verb that an app is called with here. There are: {string.Join(", ", Verbs)}.", statusCode: StatusCodes.Status400BadRequest)
        : await ShowAsync(await sidecars.InvokeAsync(app, new HttpMethod(form["verb"].ToString()), form["method"].ToString(), form["body"].ToString(), cancellationToken), cancellationToken);

    private static IResult NoApp(IFormCollection form) => Results.Text($"There is no app '{form["app"]}'.", statusCode: StatusCodes.Status404NotFound);

    private DaprApp? Find(string? id) => stack.DaprApps.FirstOrDefault(app => app.Id == id);

    private async Task<Page> ShowAsync(string? answer, CancellationToken cancellationToken)
    {
        var apps = await Task.WhenAll(stack.DaprApps.Select(async app => (App: app, Metadata: await sidecars.MetadataAsync(app, cancellationToken))));
        var depths = await queues.DepthsAsync(cancellationToken);
        var dead = await queues.DeadLettersAsync(cancellationToken);
        return new Page("/dapr", "Dapr", Html.Of($"""
            {Html.When(answer is not null, $"""<section class="answer"><h2>Answer</h2><pre tabindex="0">{answer}</pre></section>""")}
            <div id="dapr" data-live>
            <section><h2>Apps</h2><table class="grid"><caption class="hidden">Apps</caption><thead><tr><th scope="col">App</th><th scope="col">Sidecar</th><th scope="col">HTTP</th><th scope="col">gRPC</th><th scope="col">App port</th><th scope="col">Subscriptions</th><th scope="col">Workflow workers</th></tr></thead><tbody>{apps.Select(app => Row(app.App, app.Metadata))}</tbody></table></section>
            <section><h2>Components</h2>{Components(apps)}</section>
            <section><h2>Subscriptions and queues</h2>{Subscriptions(apps, depths)}</section>
            <section><h2>Dead letters</h2>{DeadLetters(dead)}</section>
            </div>
            <div class="forms">{PublishForm(apps)}{InvokeForm()}</div>
            """))
        { Instance = stack.Instance };
    }

    private static Html Row(DaprApp app, SidecarMetadata? metadata) => Html.Of($"""
        <tr><th scope="row"><a href="/resources/{app.Resource}">{app.Id}</a></th>
        <td>{(metadata is null ? Html.Of($"""<span class="mood bad">no answer</span>""") : Html.Of($"""<span class="mood good">answers</span> <span class="dim">{metadata.RuntimeVersion}</span>"""))}</td>
        <td class="num">{app.HttpPort}</td><td class="num">{app.GrpcPort}</td>
        <td class="num">{(metadata?.AppConnectionProperties is { } connection ? $"{connection.Port} {connection.Protocol}" : "")}</td>
        <td class="num">{metadata?.Subscriptions?.Count ?? 0}</td><td class="num">{metadata?.Workflows?.ConnectedWorkers ?? 0}</td></tr>
        """);

    private static Html Components((DaprApp App, SidecarMetadata? Metadata)[] apps)
    {
        var components = apps.SelectMany(app => (app.Metadata?.Components ?? []).Select(component => (app.App.Id, Component: component)))
            .GroupBy(entry => (entry.Component.Name, entry.Component.Type, entry.Component.Version));
        return Html.Of($"""
            <table class="grid"><caption class="hidden">Components</caption><thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Version</th><th scope="col">Can</th><th scope="col">Loaded by</th></tr></thead><tbody>
            {components.Select(component => Html.Of($"""<tr><th scope="row">{component.Key.Name}</th><td><code>{component.Key.Type}</code></td><td>{component.Key.Version}</td><td>{string.Join(", ", component.First().Component.Capabilities ?? []).ToLowerInvariant()}</td><td class="wide">{(component.Count() == apps.Length ? "all apps" : string.Join(", ", component.Select(entry => entry.Id)))}</td></tr>"""))}
            </tbody></table>
            """);
    }

    private static Html Subscriptions((DaprApp App, SidecarMetadata? Metadata)[] apps, List<QueueDepth>? depths)
    {
        var rows = from app in apps
                   from subscription in app.Metadata?.Subscriptions ?? []
                   orderby subscription.Topic, app.App.Id
                   select (app.App, Subscription: subscription, Depth: depths?.FirstOrDefault(depth => depth.Topic == subscription.Topic && depth.Consumer == $"{subscription.Pubsubname}/{app.App.Id}"));
        return Html.Of($"""
            {Html.When(depths is null, $"""<p class="note">Depths are known of the embedded broker only, and while its database answers.</p>""")}
            <table class="grid"><caption class="hidden">Subscriptions and queues</caption><thead><tr><th scope="col">Topic</th><th scope="col">App</th><th scope="col">Route</th><th scope="col">Dead letters go to</th><th scope="col" class="num">Waiting</th><th scope="col" class="num">Retried</th><th scope="col" class="num">Dead</th></tr></thead><tbody>
            {rows.Select(row => Html.Of($"""<tr><th scope="row">{row.Subscription.Topic}</th><td><span class="who {Tints.Of(row.App.Resource)}">{row.App.Id}</span></td><td class="wide"><code>{string.Join(", ", row.Subscription.Rules?.Select(rule => rule.Path) ?? [])}</code></td><td>{row.Subscription.DeadLetterTopic}</td>{Depth(row.Depth)}</tr>"""))}
            </tbody></table>
            """);
    }

    private static Html Depth(QueueDepth? depth) => depth is null
        ? Html.Of($"""<td class="num">–</td><td class="num">–</td><td class="num">–</td>""")
        : Html.Of($"""<td class="num">{Words.Amount(depth.Waiting)}</td><td class="num">{Words.Amount(depth.Retried)}</td><td class="num">{(depth.Dead > 0 ? Html.Of($"""<span class="mood bad">{Words.Amount(depth.Dead)}</span>""") : Html.Of($"0"))}</td>""");

    private static Html DeadLetters(List<DeadLetter>? letters) => letters switch
    {
        null => Html.Of($"""<p class="note">Known of the embedded broker only.</p>"""),
        { Count: 0 } => Html.Of($"""<p class="note">None: every event was delivered.</p>"""),
        _ => Html.Of($"""
            <table class="grid"><caption class="hidden">Dead letters</caption><thead><tr><th scope="col">Died</th><th scope="col">Topic</th><th scope="col">App</th><th scope="col" class="num">Attempts</th><th scope="col">Why</th></tr></thead><tbody>
            {letters.Select(letter => Html.Of($"""<tr><td class="num">{Words.Moment(letter.DiedAt)}</td><td>{letter.Topic}</td><td><span class="who {Tints.Of(letter.Consumer)}">{letter.Consumer}</span></td><td class="num">{letter.Attempts}</td><td class="wide"><details><summary>{letter.Reason ?? "no reason was given"}</summary><pre tabindex="0">{letter.Payload}</pre></details></td></tr>"""))}
            </tbody></table>
            """),
    };

    private Html PublishForm((DaprApp App, SidecarMetadata? Metadata)[] apps)
    {
        var topics = apps.SelectMany(app => app.Metadata?.Subscriptions ?? []).Select(subscription => subscription.Topic).Distinct().Order();
        var brokers = apps.SelectMany(app => app.Metadata?.Components ?? []).Where(component => component.Type.StartsWith("pubsub.", StringComparison.Ordinal)).Select(component => component.Name).Distinct();
        return Html.Of($"""
            <form method="post" action="/dapr/publish" class="card"><h2>Publish an event</h2>
            <label>As the app {Select("app", stack.DaprApps.Select(app => app.Id))}</label>
            <label>Broker {Select("component", brokers)}</label>
            <label>Topic <input name="topic" list="topics" required></label><datalist id="topics">{topics.Select(topic => Html.Of($"""<option value="{topic}">"""))}</datalist>
            <label>Event, as JSON <textarea name="body" rows="5" spellcheck="false">{"{}"}</textarea></label>
            <button type="submit" class="primary">Publish</button></form>
            """);
    }

    private Html InvokeForm() => Html.Of($"""
        <form method="post" action="/dapr/invoke" class="card"><h2>Call an app</h2>
        <label>App {Select("app", stack.DaprApps.Select(app => app.Id))}</label>
        <label>Verb {Select("verb", Verbs)}</label>
        <label>Method <input name="method" placeholder="health" required></label>
        <label>Body, as JSON <textarea name="body" rows="5" spellcheck="false"></textarea></label>
        <button type="submit" class="primary">Call</button></form>
        """);

    private static Html Select(string name, IEnumerable<string> values) => Html.Of($"""<select name="{name}">{values.Select(value => Filters.Option(value, value, false))}</select>""");
}
