using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Dashboard.ConsoleLogs;
using Platform.Dashboard.Pages;
using Platform.Dashboard.Storage;

namespace Platform.Dashboard.Resources;

/// <summary>All resources as a table, and each on a page of its own.</summary>
internal sealed class ResourcesPage(IRunningStack stack, Changes changes, ConsoleLines lines)
{
    private const int MostChanges = 40;
    private const int LastLines = 14;
    private const int MostUrls = 2;

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/", List);
        CommandPage.Map(app, stack);
        app.MapGet("/resources/{name}", (string name, string? secrets) => Show(name, secrets is not null));
    }

    private Page List()
    {
        var resources = stack.Resources.Where(resource => !resource.IsHidden).ToList();
        var groups = resources.CountBy(resource => resource.Mood).ToDictionary();
        return new Page("/", "Resources", Html.Of($"""
            <div id="missing" data-live>{CommandPage.Missing(resources)}</div>
            <div id="resources" data-live>
            <p class="lead">{new[] { ("good", "healthy"), ("busy", "on their way"), ("bad", "in trouble"), ("off", "not running") }.Where(group => groups.ContainsKey(group.Item1)).Select(group => Html.Of($"""<span class="mood {group.Item1}">{groups[group.Item1]} {group.Item2}</span>"""))}</p>
            <table class="grid resources"><caption class="hidden">Resources</caption>
            <thead><tr><th scope="col">Name</th><th scope="col">State</th><th scope="col">Type</th><th scope="col">Since</th><th scope="col">Process</th><th scope="col">Addresses</th><th scope="col"><span class="hidden">Actions</span></th></tr></thead>
            <tbody>{resources.Select(Row)}</tbody></table>
            </div>
            """))
        { Instance = stack.Instance };
    }

    private static Html Row(RunningResource resource) => Html.Of($"""
        <tr id="r-{resource.Name}">
        <th scope="row"><a href="/resources/{resource.Name}">{resource.Name}</a></th>
        <td>{Mood(resource)}</td>
        <td>{resource.Type}</td>
        <td class="num">{Words.Moment(resource.Since)}</td>
        <td class="num">{resource.ProcessId?.ToString(System.Globalization.CultureInfo.InvariantCulture)}</td>
        <td class="wide">{Links(resource, [.. resource.Links.Where(link => !link.DetailsOnly)], MostUrls)}</td>
        <td><div class="actions"><a class="button" href="/console?resource={resource.Name}" aria-label="Console of {resource.Name}">Console</a>{Actions.Buttons(resource)}{CommandPage.Buttons(resource, highlighted: true)}</div></td>
        </tr>
        """);

    private static Html Mood(RunningResource resource) =>
        Html.Of($"""<span class="mood {resource.Mood}">{resource.Words}</span>{Html.When(resource.Detail is not null, $"""<span class="detail">{resource.Detail}</span>""")}""");

    private static Html Links(RunningResource resource, IReadOnlyList<Link> links, int most) => Html.Of(
        $"""<span class="urls">{links.Take(most).Select(Show)}{Html.When(links.Count > most, $"""<a href="/resources/{resource.Name}">and {links.Count - most} more</a>""")}</span>""");

    private static Html Show(Link link) => Uri.TryCreate(link.Url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? Html.Of($"""<a href="{link.Url}" target="_blank" rel="noreferrer">{link.Text}</a>""")
        : Html.Of($"<span>{link.Text}</span>");

    private Page Show(string name, bool secrets)
    {
        if (stack.Resources.FirstOrDefault(candidate => candidate.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } resource)
            return new Page("/", "No such resource", Html.Of($"""<p class="empty">There are: {string.Join(", ", stack.Resources.Select(one => one.Name))}.</p>""")) { Instance = stack.Instance, Above = ("/", "Resources"), Status = StatusCodes.Status404NotFound };
        var environment = stack.EnvironmentOf(resource.Name, secrets);
        var history = changes.Of(resource.Name, MostChanges);
        var last = lines.Last(new ConsoleFilter([resource.Name], null, Level.Trace), LastLines);
        return new Page("/", resource.Name, Html.Of($"""
            <div id="facts" data-live>
            <p class="lead">{Mood(resource)} since {Words.Moment(resource.Since)}</p>
            {Actions.Buttons(resource)}{CommandPage.Buttons(resource, highlighted: false)}
            <dl class="facts cards">
            <div><dt>Type</dt><dd>{resource.Type}</dd></div>
            {Html.When(resource.ProcessId is not null, $"<div><dt>Process</dt><dd>{resource.ProcessId ?? 0}</dd></div>")}
            {Html.When(resource.ExitCode is not null, $"<div><dt>Exit code</dt><dd>{resource.ExitCode ?? 0}</dd></div>")}
            {Html.When(resource.Links.Count > 0, $"<div><dt>Addresses</dt><dd>{Links(resource, resource.Links, int.MaxValue)}</dd></div>")}
            {Html.When(resource.WaitsFor.Count > 0, $"<div><dt>Waits for</dt><dd>{resource.WaitsFor.Select(other => Html.Of($"""<a href="/resources/{other}">{other}</a> """))}</dd></div>")}
            {resource.Relations.Select(relation => Html.Of($"""<div><dt>{relation.How}</dt><dd><a href="/resources/{relation.Resource}">{relation.Resource}</a></dd></div>"""))}
            {resource.Properties.Select(property => Html.Of($"<div><dt>{property.Name}</dt><dd>{property.Value}</dd></div>"))}
            {Html.When(resource.NotSupported.Count > 0, $"<div><dt>Not supported locally</dt><dd>{string.Join("; ", resource.NotSupported)}</dd></div>")}
            </dl>
            </div>
            <nav class="tabs" aria-label="More about {resource.Name}"><a href="/console?resource={resource.Name}">Console</a><a href="/logs?resource={resource.Name}">Structured logs</a><a href="/traces?resource={resource.Name}">Traces</a><a href="/metrics?resource={resource.Name}">Metrics</a></nav>
            <section><h2>Last lines</h2><div class="lines short" id="last" data-live tabindex="0" role="region" aria-label="Last lines of output">{last.Select(line => Html.Of($"""<div class="line {line.Level.ToString().ToLowerInvariant()}"><time>{Words.Clock(line.Time)}</time><span>{line.Text}</span></div>"""))}</div></section>
            <section><h2>History</h2><table class="grid" id="history" data-live><caption class="hidden">History of {resource.Name}</caption><thead><tr><th scope="col">Time</th><th scope="col">State</th><th scope="col">Why</th></tr></thead>
            <tbody>{history.Select(change => Html.Of($"""<tr><td class="num">{Words.Moment(change.Time)}</td><td><span class="mood {change.Mood}">{change.Words}</span></td><td class="wide">{change.Detail}</td></tr>"""))}</tbody></table></section>
            {Html.When(environment is not null, $"""<section><h2>Environment <a class="button" href="/resources/{resource.Name}{(secrets ? "" : "?secrets=shown")}">{(secrets ? "Mask secrets" : "Show secrets")}</a></h2><table class="grid"><caption class="hidden">Environment of {resource.Name}</caption><thead><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead><tbody>{(environment ?? new Dictionary<string, string>()).Select(variable => Html.Of($"""<tr><th scope="row"><code>{variable.Key}</code></th><td class="wide"><code>{variable.Value}</code></td></tr>"""))}</tbody></table></section>""")}
            """))
        { Instance = stack.Instance, Above = ("/", "Resources") };
    }
}
