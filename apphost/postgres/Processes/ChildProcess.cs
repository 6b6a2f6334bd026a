using System.Diagnostics;
using System.Globalization;

namespace Platform.LocalPostgres.Processes;

/// <summary>
/// Starts processes that cannot outlive this one. On Linux the child is wrapped by <c>setsid</c> and <c>setpriv</c> (util-linux), which
/// replace themselves by the program, so that the process id is the program's own. Elsewhere the child is started plainly.
/// </summary>
public static class ChildProcess
{
    private static readonly Lazy<bool> HasSetsid = new(() => OperatingSystem.IsLinux() && Executables.Find("setsid") is not null);
    private static readonly Lazy<bool> HasSetpriv = new(() => OperatingSystem.IsLinux() && Executables.Find("setpriv") is not null);

    /// <summary>Starts a process. Fails when the program cannot be found or a user change is asked for and not possible.</summary>
    public static Process Start(ChildProcessOptions options)
    {
        var start = StartInfo(options);
        // The kernel sends the death signal when the starting *thread* ends, so all children are started by one thread that never does.
        var process = options.DeathSignal is null ? Process.Start(start)! : SpawningThread.Run(() => Process.Start(start)!);
        if (options.Output is { } output)
        {
            process.StandardInput.Close();
            process.OutputDataReceived += (_, line) => Forward(line.Data, output);
            process.ErrorDataReceived += (_, line) => Forward(line.Data, output);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        return process;
    }

    /// <summary>Sends a signal to a process, or to its whole group. False when there is no such process.</summary>
    public static bool Send(int processId, Signal signal, bool wholeGroup = false)
    {
        if (OperatingSystem.IsWindows())
            return KillOnWindows(processId);
        return Native.Kill(wholeGroup ? -processId : processId, (int)signal) == 0;
    }

    /// <summary>Asks the kernel to send this process a signal when its own parent dies (Linux only; call from the main thread).</summary>
    public static void DieWithParent(Signal signal)
    {
        const int SetParentDeathSignal = 1;
        if (OperatingSystem.IsLinux())
            _ = Native.ProcessControl(SetParentDeathSignal, (nuint)signal, 0, 0, 0);
    }

    private static ProcessStartInfo StartInfo(ChildProcessOptions options)
    {
        var program = Executables.Find(options.FileName)
            ?? throw new FileNotFoundException($"'{options.FileName}' was not found on the PATH.", options.FileName);
        var command = Wrapped(options).Append(program).Concat(options.Arguments).ToArray();
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            WorkingDirectory = options.WorkingDirectory ?? "",
            RedirectStandardInput = options.Output is not null,
            RedirectStandardOutput = options.Output is not null,
            RedirectStandardError = options.Output is not null,
        };
        foreach (var (name, value) in options.Environment)
            start.Environment[name] = value;
        return start;
    }

    private static IEnumerable<string> Wrapped(ChildProcessOptions options)
    {
        if (options.OwnSession && HasSetsid.Value)
            yield return "setsid";
        foreach (var argument in PrivilegeArguments(options))
            yield return argument;
    }

    private static IEnumerable<string> PrivilegeArguments(ChildProcessOptions options)
    {
        if (options.User is not null && !HasSetpriv.Value)
            throw new InvalidOperationException("Becoming another user needs 'setpriv' of util-linux, which is not on the PATH.");
        if (!HasSetpriv.Value || (options.User is null && options.DeathSignal is null))
            return [];
        IEnumerable<string> user = options.User is { } who
            ? [$"--reuid={who.UserId.ToString(CultureInfo.InvariantCulture)}", $"--regid={who.GroupId.ToString(CultureInfo.InvariantCulture)}", "--clear-groups"]
            : [];
        IEnumerable<string> death = options.DeathSignal is { } signal ? ["--pdeathsig", Name(signal)] : [];
        return ["setpriv", .. user, .. death, "--"];
    }

    private static string Name(Signal signal) => signal switch
    {
        Signal.Interrupt => "INT",
        Signal.Quit => "QUIT",
        Signal.Kill => "KILL",
        _ => "TERM",
    };

    private static void Forward(string? line, Action<string> output)
    {
        if (line is not null)
            output(line);
    }

    private static bool KillOnWindows(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill(entireProcessTree: true);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
