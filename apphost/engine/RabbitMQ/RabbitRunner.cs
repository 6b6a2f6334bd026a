using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Parameters;
using Platform.LocalHost.Processes;
using Platform.LocalHost.Running;
using Platform.LocalPostgres.Processes;
using Platform.LocalPostgres.Storage;

namespace Platform.LocalHost.RabbitMQ;

/// <summary>
/// Runs the RabbitMQ server of this machine, as an unprivileged user when the caller is root, with an Erlang port mapper of its own:
/// the shared one would be started by whoever comes first and never end.
/// </summary>
internal sealed class RabbitRunner(RunContext context, RabbitMQServerResource resource) : Runner(context, resource, "RabbitMQ")
{
    // Debian's script on the PATH insists on the user rabbitmq; this is what it calls.
    private const string Packaged = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string Program = "rabbitmq-server";
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    private Process? _mapper;
    private Process? _server;
    private Task _watch = Task.CompletedTask;

    protected override int? ProcessId => _server is { HasExited: false } running ? running.Id : null;

    protected override async Task StartCoreAsync(CancellationToken cancellationToken)
    {
        var program = File.Exists(Packaged) ? Packaged : Executables.Find(Program);
        if (program is null)
            throw new StackException($"{Name}: there is no {Program} on the PATH. Install it (Debian: apt-get install rabbitmq-server), or name a running server: --ConnectionStrings:{Name}=amqp://user:password@host:5672");
        var user = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess ? UnixUser.FirstOf("rabbitmq", "nobody") : null;
        var directory = DataDirectory.Prepare(Context.Instance.DataOf(Name), user);
        _mapper = Start("epmd", ["-port", Port(RabbitMQServerResource.MapperEndpointName), "-address", "127.0.0.1"], $"{Name}-epmd", directory, user);
        _server = Start(program, [], Name, directory, user, await EnvironmentAsync(directory, user, cancellationToken));
        _watch = WatchAsync(_server);
    }

    protected override async Task StopCoreAsync()
    {
        if (_server is { HasExited: false } server)
        {
            ChildProcess.Send(server.Id, Signal.Terminate);
            using var deadline = new CancellationTokenSource(Grace);
            await server.WaitForExitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ChildProcess.Send(server.Id, Signal.Kill);
        }

        await _watch;
        if (_mapper is { } mapper)
            await EndAsync(mapper, $"{Name}-epmd");
        _mapper = null;
    }

    protected override Task<string?> CheckAsync(CancellationToken cancellationToken) =>
        RabbitGreeting.CheckAsync("127.0.0.1", resource.PrimaryEndpoint.Port, cancellationToken);

    private Process Start(
        string program, IReadOnlyList<string> arguments, string name, string directory, UnixUser? user, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var process = ChildProcess.Start(new(program, arguments)
        {
            WorkingDirectory = directory,
            User = user,
            Environment = environment ?? new Dictionary<string, string?>(),
            DeathSignal = Signal.Terminate,
            Output = Log.Write,
        });
        Context.Guard.Add(process.Id);
        ProcessRecord.Of(process.Id).Save(Context.Instance.ProcessesFolder, name);
        return process;
    }

    private async Task<IReadOnlyDictionary<string, string?>> EnvironmentAsync(string directory, UnixUser? user, CancellationToken cancellationToken) => new Dictionary<string, string?>
    {
        // Erlang's cookie lies there.
        ["HOME"] = directory,
        // The script then becomes the server instead of watching over it, so that the process id is the server's.
        ["RUNNING_UNDER_SYSTEMD"] = "1",
        ["ERL_EPMD_PORT"] = Port(RabbitMQServerResource.MapperEndpointName),
        ["RABBITMQ_NODENAME"] = $"{Name}@localhost",
        ["RABBITMQ_DIST_PORT"] = Port(RabbitMQServerResource.ClusterEndpointName),
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(directory, "data"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(directory, "log"),
        ["RABBITMQ_LOGS"] = "-",
        ["RABBITMQ_PID_FILE"] = Path.Combine(directory, "pid"),
        // No files of a system-wide installation.
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(directory, "none"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Write(Path.Combine(directory, "plugins"), "[].\n", user),
        ["RABBITMQ_CONFIG_FILE"] = Write(Path.Combine(directory, "rabbit.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{Port(RabbitMQServerResource.EndpointName)}
            default_user = {await resource.UserNameReference.GetValueAsync(cancellationToken)}
            default_pass = {resource.PasswordParameter.Current}
            log.console.level = warning

            """, user),
        // Schedulers that sleep when idle: the services need the cores.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none",
    };

    private string Port(string endpoint) => resource.Annotations.OfType<EndpointAnnotation>()
        .Single(annotation => annotation.Name == endpoint).AllocatedEndpoint!.Port.ToString(CultureInfo.InvariantCulture);

    // In files, since every user of the machine can read the arguments of a process.
    private static string Write(string file, string text, UnixUser? user)
    {
        PrivateFile.Write(file, text);
        user?.Own(file);
        return file;
    }

    private async Task WatchAsync(Process server)
    {
        await server.WaitForExitAsync();
        Forget(server, Name);
        OnEnded(server.ExitCode);
    }

    private async Task EndAsync(Process process, string name)
    {
        ChildProcess.Send(process.Id, Signal.Kill);
        await process.WaitForExitAsync();
        Forget(process, name);
    }

    private void Forget(Process process, string name)
    {
        Context.Guard.Remove(process.Id);
        ProcessRecord.Remove(Context.Instance.ProcessesFolder, name);
    }
}
