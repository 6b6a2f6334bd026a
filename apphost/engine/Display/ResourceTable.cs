using Platform.LocalHost.Control;
using Spectre.Console;

namespace Platform.LocalHost.Display;

internal static class ResourceTable
{
    public static Table Of(IEnumerable<ResourceView> resources)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).AddColumns("Resource", "State", "Since", "Process", "Address");
        foreach (var resource in resources.Where(resource => !resource.Hidden))
        {
            table.AddRow(
                Markup.Escape(resource.Name),
                StateOf(resource),
                $"{resource.Since.ToLocalTime():HH:mm:ss}",
                resource.Pid?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
                Markup.Escape(AddressesOf(resource)));
        }

        return table;
    }

    private static string StateOf(ResourceView resource) => resource switch
    {
        { State: "Running", Health: "Healthy" } => "[green]● healthy[/]",
        { State: "Running" } => $"[yellow]● {Markup.Escape(resource.Detail ?? "running")}[/]",
        { State: "ValueMissing" } => "[yellow]● it has no value[/]",
        { State: "FailedToStart" } => "[red]● did not start[/]",
        { State: "Exited" } => $"[red]● exited{(resource.ExitCode is { } code ? $" ({code})" : "")}[/]",
        _ => $"[blue]● {Markup.Escape(resource.Detail ?? resource.State)}[/]",
    };

    // A dozen ports of one process say less than how many there are.
    private static string AddressesOf(ResourceView resource)
    {
        string[] shown = [.. resource.Links.Where(link => !link.DetailsOnly).Select(link => link.Text is { Length: > 0 } text && text != link.Url ? $"{text}: {link.Url}" : link.Url)];
        return shown.Length <= 3 ? string.Join("  ", shown) : $"{shown[0]} and {shown.Length - 1} more";
    }
}
