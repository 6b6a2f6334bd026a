using Platform.LocalHost.Display;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.CommandLine;

/// <summary>Prints the log files of an instance, running or not.</summary>
internal static class LogsCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public static async Task<int> RunAsync(Instance instance, CommandRequest request, CancellationToken cancellationToken)
    {
        var names = request.Resources.Count > 0 ? request.Resources : Known(instance);
        var tails = names.Select(name => Open(instance, name, names.Count > 1)).ToArray();
        do
        {
            foreach (var (prefix, reader) in tails)
            {
                while (await reader.ReadLineAsync(cancellationToken) is { } line)
                    Terminal.Line(prefix + line);
            }

            if (request.Follow)
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (request.Follow && !cancellationToken.IsCancellationRequested);
        foreach (var (_, reader) in tails)
            reader.Dispose();
        return 0;
    }

    private static string[] Known(Instance instance) => !Directory.Exists(instance.Logs) ? [] :
        [.. Directory.GetFiles(instance.Logs, "*.log").Select(Path.GetFileNameWithoutExtension).OfType<string>().Where(name => !name.EndsWith(".previous", StringComparison.Ordinal)).Order()];

    private static (string Prefix, StreamReader Reader) Open(Instance instance, string name, bool prefixed)
    {
        var path = instance.LogOf(name);
        if (!File.Exists(path))
            throw new StackException($"There is no log of '{name}'. There are: {string.Join(", ", Known(instance))}.");
        return (prefixed ? $"{name} | " : "", new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)));
    }
}
