using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Parameters;
using Platform.LocalHost.Processes;
using Platform.LocalHost.Running;
using Platform.LocalPostgres.Processes;
using Platform.LocalPostgres.Storage;

namespace Platform.LocalHost.Redis;

/// <summary>Runs the Redis server of this machine, as an unprivileged user when the caller is root.</summary>
internal sealed class RedisRunner(RunContext context, RedisResource resource) : Runner(context, resource, "Redis")
{
    private const string Program = "redis-server";
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private Process? _process;
    private Task _watch = Task.CompletedTask;

    protected override int? ProcessId => _process is { HasExited: false } running ? running.Id : null;

    protected override Task StartCoreAsync(CancellationToken cancellationToken)
    {
        if (Executables.Find(Program) is null)
            throw new StackException($"{Name}: there is no {Program} on the PATH. Install it (Debian: apt-get install redis-server), or name a running server: --ConnectionStrings:{Name}=host:port,password=…");
        var user = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess ? UnixUser.FirstOf("redis", "nobody") : null;
        var directory = DataDirectory.Prepare(Context.Instance.DataOf(Name), user);
        var process = ChildProcess.Start(new(Program, [Configure(directory, user)])
        {
            WorkingDirectory = directory,
            User = user,
            DeathSignal = Signal.Terminate,
            Output = Log.Write,
        });
        _process = process;
        Context.Guard.Add(process.Id);
        ProcessRecord.Of(process.Id).Save(Context.Instance.ProcessesFolder, Name);
        _watch = WatchAsync(process);
        return Task.CompletedTask;
    }

    protected override async Task StopCoreAsync()
    {
        if (_process is { HasExited: false } process)
        {
            ChildProcess.Send(process.Id, Signal.Terminate);
            using var deadline = new CancellationTokenSource(Grace);
            await process.WaitForExitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ChildProcess.Send(process.Id, Signal.Kill);
        }

        await _watch;
    }

    protected override Task<string?> CheckAsync(CancellationToken cancellationToken) =>
        RedisPing.CheckAsync("localhost", resource.PrimaryEndpoint.Port, null, resource.PasswordParameter!.Current, cancellationToken);

    // In a file, since every user of the machine can read the arguments of a process.
    private string Configure(string directory, UnixUser? user)
    {
        var file = Path.Combine(directory, "redis.conf");
        PrivateFile.Write(file, $"""
            port {resource.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture)}
            bind 127.0.0.1 -::1
            requirepass {resource.PasswordParameter!.Current}
            dir "{directory}"
            appendonly yes
            appendfsync everysec
            save ""

            """);
        user?.Own(file);
        return file;
    }

    private async Task WatchAsync(Process process)
    {
        await process.WaitForExitAsync();
        Context.Guard.Remove(process.Id);
        ProcessRecord.Remove(Context.Instance.ProcessesFolder, Name);
        OnEnded(process.ExitCode);
    }
}
