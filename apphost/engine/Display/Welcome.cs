using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Hosting;
using Platform.LocalHost.Running;
using Spectre.Console;

namespace Platform.LocalHost.Display;

/// <summary>What is said when everything is healthy: addresses for people, and how to go on.</summary>
internal static class Welcome
{
    public static void Show(LocalApplicationBuilder builder, Stack stack, Uri? dashboard)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        foreach (var runner in stack.Runners)
        {
            foreach (var endpoint in runner.Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.IsExternal))
                grid.AddRow($"[bold]{Markup.Escape(runner.Name)}[/]", Markup.Escape(endpoint.AllocatedEndpoint!.UriString));
        }

        if (dashboard is not null)
            grid.AddRow("[bold]dashboard[/]", Markup.Escape(dashboard.ToString()));
        foreach (var note in builder.Configuration.GetSection("Welcome").GetChildren())
            grid.AddRow($"[bold]{Markup.Escape(note.Key)}[/]", Markup.Escape(note.Value ?? ""));
        Terminal.Line("");
        Terminal.Show(grid);
        Terminal.Line($"\nEverything is healthy. Logs: {Path.GetRelativePath(Environment.CurrentDirectory, builder.Instance.Logs)}. Stop with Ctrl-C.");
    }
}
