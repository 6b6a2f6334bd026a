using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Platform.LocalPostgres;
using Platform.LocalPostgres.Processes;

namespace Platform.TestServers;

/// <summary>RabbitMQ of Debian's package <c>rabbitmq-server</c>, with a port mapper of its own; starting takes about ten seconds.</summary>
public sealed class RabbitServer : TestServer
{
    // The package's start script on the PATH insists on the user rabbitmq; this is what it calls.
    private const string Packaged = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private readonly ServerFolder _folder = new("rabbitmq");
    private readonly string _mapperPort = TestPorts.Next().ToString(CultureInfo.InvariantCulture);
    private readonly string _clusterPort = TestPorts.Next().ToString(CultureInfo.InvariantCulture);
    private Process? _mapper;

    private RabbitServer()
    {
    }

    /// <summary>The address with user and password, as <c>connectionString</c> of a component and RabbitMQ.Client take it.</summary>
    public override string Endpoint => $"amqp://{RabbitDefinitions.User}:{RabbitDefinitions.Password}@127.0.0.1:{Port}";

    /// <summary>Starts a server of its own.</summary>
    public static async Task<RabbitServer> StartAsync()
    {
        var server = new RabbitServer();
        await server.StartAgainAsync();
        return server;
    }

    /// <inheritdoc/>
    public override Task StartAgainAsync()
    {
        _mapper ??= ChildProcess.Start(new("epmd", ["-port", _mapperPort, "-address", "127.0.0.1"]) { User = _folder.User, Output = static _ => { } });
        return base.StartAgainAsync();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_mapper is not null)
        {
            ChildProcess.Send(_mapper.Id, Signal.Kill);
            await _mapper.WaitForExitAsync();
            _mapper.Dispose();
        }

        _folder.Dispose();
    }

    /// <inheritdoc/>
    protected override ChildProcessOptions Command() => new(File.Exists(Packaged) ? Packaged : "rabbitmq-server", [])
    {
        WorkingDirectory = _folder.Path,
        User = _folder.User,
        Environment = new Dictionary<string, string?>
        {
            ["HOME"] = _folder.Path,
            // The script then becomes the server instead of watching over it, so that the process id is the server's.
            ["RUNNING_UNDER_SYSTEMD"] = "1",
            ["ERL_EPMD_PORT"] = _mapperPort,
            ["RABBITMQ_NODENAME"] = "test@localhost",
            ["RABBITMQ_DIST_PORT"] = _clusterPort,
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder.Path, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder.Path, "log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_PID_FILE"] = Path.Combine(_folder.Path, "pid"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(_folder.Path, "none"),
            ["RABBITMQ_CONFIG_FILE"] = _folder.File("rabbit.conf", $"""
                listeners.tcp.1 = 127.0.0.1:{Port}
                log.console.level = warning
                load_definitions = {_folder.File("definitions.json", RabbitDefinitions.ToJson())}

                """),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = _folder.File("plugins", "[].\n"),
            // One scheduler that sleeps when idle: the tests' own processes need the cores.
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none",
        },
    };

    /// <inheritdoc/>
    protected override async Task<bool> GreetsAsync(NetworkStream stream)
    {
        await stream.WriteAsync(new byte[] { (byte)'A', (byte)'M', (byte)'Q', (byte)'P', 0, 0, 9, 1 });
        var answer = new byte[1];
        return await stream.ReadAsync(answer) == 1 && answer[0] == 1;
    }
}
