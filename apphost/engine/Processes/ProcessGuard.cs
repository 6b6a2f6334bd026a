using System.Diagnostics;
using System.Globalization;

namespace Platform.LocalHost.Processes;

/// <summary>
/// A shell that outlives this process by a moment: it holds the other end of a pipe, and when this process ends, however it ends, kills
/// the process groups that are still there. The kernel's death signal reaches the processes that were started here, but not those that
/// they have started in turn.
/// </summary>
internal sealed class ProcessGuard
{
    private const string Script = """
        exec >/dev/null 2>&1
        trap '' INT TERM HUP
        groups=' '
        while read -r verb group; do
          case $verb in
            add) groups="$groups$group " ;;
            del) groups="${groups%% "$group" *} ${groups#* "$group" }" ;;
          esac
        done
        for group in $groups; do kill -s KILL -- "-$group"; done
        """;

    private readonly Lazy<Process?> _shell = new(StartShell);

    public void Add(int processGroup) => Tell("add", processGroup);

    public void Remove(int processGroup) => Tell("del", processGroup);

    private void Tell(string verb, int processGroup)
    {
        if (_shell.Value is not { HasExited: false } shell)
            return;
        lock (_shell)
        {
            shell.StandardInput.WriteLine($"{verb} {processGroup.ToString(CultureInfo.InvariantCulture)}");
            shell.StandardInput.Flush();
        }
    }

    private static Process? StartShell() => OperatingSystem.IsWindows() ? null : Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script]) { RedirectStandardInput = true });
}
