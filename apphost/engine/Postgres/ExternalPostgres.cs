using Aspire.Hosting.ApplicationModel;
using Npgsql;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Postgres;

/// <summary>A server that runs already, named by a connection string in the configuration; only its databases are created.</summary>
internal sealed class ExternalPostgres(RunContext context, PostgresServerResource resource, string connectionString) : Runner(context, resource, "PostgreSQL (given)")
{
    protected override int? ProcessId => null;

    /// <summary>Makes everything that refers to the resource refer to the given server.</summary>
    public static void Adopt(PostgresServerResource resource, string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var endpoint = resource.PrimaryEndpoint.Annotation;
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, given.Host ?? "localhost", given.Port);
        resource.UserNameParameter = new ParameterResource($"{resource.Name}-given-user", _ => given.Username ?? "postgres");
        resource.PasswordParameter.Override(given.Password ?? "");
    }

    protected override bool OwnsPorts => false;

    protected override Task StartCoreAsync(CancellationToken cancellationToken) =>
        Databases.CreateAsync(connectionString, resource, Log.Write, cancellationToken);

    protected override Task StopCoreAsync() => Task.CompletedTask;

    protected override async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellationToken);
            return null;
        }
        catch (NpgsqlException failure)
        {
            return failure.InnerException?.Message ?? failure.Message;
        }
    }
}
