using Aspire.Hosting.ApplicationModel;
using Npgsql;
using Platform.LocalHost.Running;
using Platform.LocalPostgres;

namespace Platform.LocalHost.Postgres;

/// <summary>Runs a PostgreSQL server of this machine and creates its databases.</summary>
internal sealed class PostgresRunner(RunContext context, PostgresServerResource resource) : Runner(context, resource, "PostgreSQL")
{
    private PostgresServer? _server;
    private Task _watch = Task.CompletedTask;

    protected override int? ProcessId => _server is { ExitCode: null } running ? running.ProcessId : null;

    protected override async Task StartCoreAsync(CancellationToken cancellationToken)
    {
        var scripts = InitScripts.Of(Context.Instance, resource);
        var server = await StartServerAsync(cancellationToken);
        _server = server;
        if (scripts is not null)
            await scripts.RunAsync(server.ConnectionString, Log.Write, cancellationToken);
        await Databases.CreateAsync(server.ConnectionString, resource, Log.Write, cancellationToken);
        _watch = WatchAsync(server);
    }

    protected override async Task StopCoreAsync()
    {
        if (_server is not null)
            await _server.StopAsync(CancellationToken.None);
        await _watch;
    }

    protected override async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server!.ConnectionString) { Pooling = false, Timeout = 5 }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return null;
        }
        catch (NpgsqlException failure)
        {
            return failure.InnerException?.Message ?? failure.Message;
        }
    }

    private async Task<PostgresServer> StartServerAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await PostgresServer.StartAsync(new PostgresOptions
            {
                DataDirectory = Context.Instance.DataOf(Name),
                ToolsDirectory = Context.Instance.Tools,
                Port = resource.PrimaryEndpoint.Port,
                UserName = resource.UserNameParameter?.Current ?? "postgres",
                Password = resource.PasswordParameter.Current,
                Log = OnLog,
            }, cancellationToken);
        }
        catch (LocalPostgresException failure)
        {
            throw new StackException($"{Name}: {failure.Message}", failure);
        }
    }

    private void OnLog(string line)
    {
        Log.Write(line);
        if (State.State is ResourceState.Starting)
            Update(ResourceState.Starting, line.Split(']', 2)[^1].Trim());
    }

    private async Task WatchAsync(PostgresServer server)
    {
        await server.Exited;
        OnEnded(server.ExitCode);
    }
}
