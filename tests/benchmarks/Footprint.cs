using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Platform.Benchmarks;

/// <summary>Memory and processor time of every process of a running stack: <c>apphost ps --json | benchmarks footprint</c>. Linux only.</summary>
internal static class Footprint
{
    private const double TicksPerSecond = 100;

    public static async Task<int> RunAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        var resources = JsonSerializer.Deserialize<List<Resource>>(await Console.In.ReadToEndAsync(cancellationToken), JsonSerializerOptions.Web)!.Where(resource => resource.Pid is not null).ToList();
        var before = resources.ToDictionary(resource => resource.Name, resource => Tree(resource.Pid!.Value).Sum(CpuSeconds));
        using (var timer = new PeriodicTimer(length))
            await timer.WaitForNextTickAsync(cancellationToken);
        var table = new Table().Border(TableBorder.Rounded).AddColumns("resource", "processes", "PSS MiB", "% of one core");
        double memory = 0, processor = 0;
        foreach (var resource in resources)
        {
            var tree = Tree(resource.Pid!.Value);
            var pss = tree.Sum(PssMebibytes);
            var cpu = (tree.Sum(CpuSeconds) - before[resource.Name]) / length.TotalSeconds * 100;
            (memory, processor) = (memory + pss, processor + cpu);
            table.AddRow(resource.Name, $"{tree.Count}", $"{pss:0}", $"{cpu:0.0}");
        }

        table.AddRow("[bold]all[/]", "", $"[bold]{memory:0}[/]", $"[bold]{processor:0.0}[/]");
        AnsiConsole.Write(table);
        return 0;
    }

    private static List<int> Tree(int root)
    {
        var parents = Process.GetProcesses().Select(process => (process.Id, Parent: Stat(process.Id) is { } stat ? int.Parse(stat[1], CultureInfo.InvariantCulture) : 0)).ToLookup(process => process.Parent, process => process.Id);
        List<int> tree = [root];
        for (var i = 0; i < tree.Count; i++)
            tree.AddRange(parents[tree[i]]);
        return tree;
    }

    private static double CpuSeconds(int pid) =>
        Stat(pid) is { } stat ? (double.Parse(stat[11], CultureInfo.InvariantCulture) + double.Parse(stat[12], CultureInfo.InvariantCulture)) / TicksPerSecond : 0;

    // Fields of /proc/<pid>/stat after the name, which may hold blanks.
    private static string[]? Stat(int pid) => Read($"/proc/{pid}/stat") is { } text ? text[(text.LastIndexOf(')') + 2)..].Split(' ') : null;

    public static double PssMebibytes(int pid) => (Read($"/proc/{pid}/smaps_rollup") ?? "").Split('\n').Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)) / 1024;

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            // The process has ended meanwhile.
            return null;
        }
    }

    private sealed record Resource(string Name, int? Pid);
}
