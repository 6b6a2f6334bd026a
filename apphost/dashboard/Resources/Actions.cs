using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Dashboard.Pages;

namespace Platform.Dashboard.Resources;

/// <summary>The buttons of a resource, and what they do.</summary>
internal static class Actions
{
    private static readonly string[] Known = ["start", "stop", "restart", "rebuild"];

    public static void Map(IEndpointRouteBuilder app, IRunningStack stack) => app.MapPost("/act/{name}/{action}", async (string name, string action, HttpRequest request) =>
    {
        var problem = !Known.Contains(action) ? $"There is no action '{action}'." : await stack.ActAsync(name, action);
        return Forms.Answer(request, problem, $"{name}: {action} is done.");
    });

    public static Html Buttons(RunningResource resource) => Html.When(resource.CanBeStopped, $"""
        <div class="actions">
        {Html.When(!resource.IsRunning, $"{Button(resource, "start", "Start")}")}
        {Html.When(resource.IsRunning, $"{Button(resource, "stop", "Stop")}{Button(resource, "restart", "Restart")}")}
        {Html.When(resource.CanRebuild, $"{Button(resource, "rebuild", "Rebuild")}")}
        </div>
        """);

    private static Html Button(RunningResource resource, string action, string word) => Html.Of(
        $"""<form method="post" action="/act/{resource.Name}/{action}" data-async><button type="submit" aria-label="{word} {resource.Name}">{word}</button></form>""");
}
