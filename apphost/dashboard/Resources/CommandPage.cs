using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Dashboard.Pages;

namespace Platform.Dashboard.Resources;

/// <summary>Commands that the AppHost has given its resources: a button each, and a page for those that ask something first.</summary>
internal static class CommandPage
{
    public static void Map(IEndpointRouteBuilder app, IRunningStack stack)
    {
        app.MapGet("/resources/{resource}/command", (string resource, string name) => Ask(stack, resource, name));
        app.MapPost("/resources/{resource}/command", (string resource, string name, HttpRequest request, CancellationToken cancellationToken) => RunAsync(stack, resource, name, request, cancellationToken));
    }

    /// <summary>The buttons of a resource: those of the list, or all.</summary>
    public static Html Buttons(RunningResource resource, bool highlighted)
    {
        var commands = resource.Commands.Where(command => !highlighted || command.IsHighlighted).ToList();
        return Html.When(commands.Count > 0, $"""<div class="actions">{commands.Select(command => Button(resource, command))}</div>""");
    }

    private static Html Button(RunningResource resource, RunningCommand command)
    {
        var title = command.Description ?? command.Label;
        if (!command.IsEnabled)
            return Html.Of($"""<button type="button" disabled title="{title}" aria-label="{command.Label} {resource.Name}">{command.Label}</button>""");
        return command.Confirmation is not null || command.Fields.Count > 0
            ? Html.Of($"""<a class="button" href="{PathOf(resource, command)}" title="{title}" aria-label="{command.Label} {resource.Name}">{command.Label}</a>""")
            : Html.Of($"""<form method="post" action="{PathOf(resource, command)}" data-async><button type="submit" title="{title}" aria-label="{command.Label} {resource.Name}">{command.Label}</button></form>""");
    }

    /// <summary>The parameters that wait for a value, each with the way to its form.</summary>
    public static Html Missing(IReadOnlyList<RunningResource> resources)
    {
        var missing = resources.Where(resource => resource.IsMissing && resource.Commands.Count > 0).ToList();
        return Html.When(missing.Count > 0, $"""
            <section class="card missing" aria-label="Missing values"><p><strong>{Words.Plural(missing.Count, "value is", "values are")} missing.</strong> Who needs {(missing.Count == 1 ? "it" : "them")} waits.</p>
            <div class="actions">{missing.Select(resource => Html.Of($"""<a class="button" href="{PathOf(resource, resource.Commands[0])}">Give {resource.Name}</a>"""))}</div></section>
            """);
    }

    private static string PathOf(RunningResource resource, RunningCommand command) => $"/resources/{resource.Name}/command?name={Uri.EscapeDataString(command.Name)}";

    private static Page Ask(IRunningStack stack, string resource, string name)
    {
        if (Find(stack, resource, name) is not ({ } found, { } command))
            return Missing(stack, resource, name);
        return In(stack, found, command.Label, Html.Of($"""
            <form method="post" action="{PathOf(found, command)}" class="card ask">
            {Html.When(command.Description is not null, $"<p>{command.Description}</p>")}
            {Html.When(command.Confirmation is not null, $"<p><strong>{command.Confirmation}</strong></p>")}
            {command.Fields.Select(Field)}
            <div class="actions"><button type="submit" class="primary"{new Html(command.IsEnabled ? "" : " disabled")}>{command.Label}</button><a class="button" href="/resources/{found.Name}">Not now</a></div>
            </form>
            """));
    }

    private static Html Field(CommandField field)
    {
        var required = new Html(field.IsRequired ? " required" : "");
        var input = field.Kind switch
        {
            "select" => Html.Of($"""<select name="{field.Name}"{required}>{field.Options.Select(option => Filters.Option(option.Key, option.Value, option.Key == field.Value))}</select>"""),
            "checkbox" => Html.Of($"""<select name="{field.Name}">{Filters.Option("true", "yes", field.Value == "true")}{Filters.Option("false", "no", field.Value != "true")}</select>"""),
            _ => Html.Of($"""<input type="{field.Kind}" name="{field.Name}" value="{field.Value}" autocomplete="{(field.Kind == "password" ? "new-password" : "off")}"{required}{Html.When(field.Example is not null, $" placeholder=\"{field.Example}\"")}{Html.When(field.MostCharacters is not null, $" maxlength=\"{field.MostCharacters ?? 0}\"")}{new Html(field.Kind == "number" ? " step=\"any\"" : "")}>"""),
        };
        return Html.Of($"""<label>{field.Label}{Html.When(field.Description is not null, $""" <span class="dim">{field.Description}</span>""")} {input}</label>""");
    }

    private static async Task<IResult> RunAsync(IRunningStack stack, string resource, string name, HttpRequest request, CancellationToken cancellationToken)
    {
        if (Find(stack, resource, name) is not ({ } found, { } command))
            return Missing(stack, resource, name);
        // A button without questions sends no form. What somebody has cleared is empty, and not what stood there before.
        var fields = command.Fields.Count == 0 ? [] : (await Forms.ReadAsync(request, cancellationToken)).ToDictionary(field => field.Key, field => field.Value.ToString());
        var outcome = await stack.RunAsync(found.Name, command.Name, fields);
        var message = outcome.Message ?? (outcome.Success ? $"{found.Name}: {command.Label} is done." : $"{command.Label} failed.");
        if (request.Headers["X-Requested-With"] == "dashboard")
            return Results.Text(outcome.Data is null ? message : $"{message}\n{outcome.Data}", statusCode: outcome.Success ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
        return In(stack, found, command.Label, Html.Of($"""
            <p class="lead"><span class="mood {(outcome.Success ? "good" : "bad")}">{message}</span></p>
            {Html.When(outcome.Data is not null, $"""<pre tabindex="0">{outcome.Data}</pre>""")}
            <div class="actions"><a class="button" href="/resources/{found.Name}">Back to {found.Name}</a></div>
            """)) with
        { Status = outcome.Success ? StatusCodes.Status200OK : StatusCodes.Status409Conflict };
    }

    private static (RunningResource? Resource, RunningCommand? Command) Find(IRunningStack stack, string resource, string name)
    {
        var found = stack.Resources.FirstOrDefault(candidate => candidate.Name.Equals(resource, StringComparison.OrdinalIgnoreCase));
        return (found, found?.Commands.FirstOrDefault(command => command.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
    }

    private static Page Missing(IRunningStack stack, string resource, string name) =>
        new("/", "No such command", Html.Of($"""<p class="empty">{resource} has no command {name}.</p>""")) { Instance = stack.Instance, Above = ("/", "Resources"), Status = StatusCodes.Status404NotFound };

    private static Page In(IRunningStack stack, RunningResource resource, string title, Html content) =>
        new("/", title, content) { Instance = stack.Instance, Above = ($"/resources/{resource.Name}", resource.Name) };
}
