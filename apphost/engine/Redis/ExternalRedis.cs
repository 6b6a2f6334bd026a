using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Redis;

/// <summary>A server that runs already, named by a connection string in the configuration.</summary>
internal sealed class ExternalRedis(RunContext context, RedisResource resource, string connectionString) : Runner(context, resource, "Redis (given)")
{
    protected override int? ProcessId => null;

    protected override bool OwnsPorts => false;

    /// <summary>Makes everything that refers to the resource refer to the given server.</summary>
    public static void Adopt(RedisResource resource, string connectionString)
    {
        var given = RedisAddress.Parse(connectionString);
        var endpoint = resource.PrimaryEndpoint.Annotation;
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, given.Host, given.Port);
        resource.PasswordParameter!.Override(given.Password ?? "");
    }

    protected override Task StartCoreAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override Task StopCoreAsync() => Task.CompletedTask;

    protected override Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        var given = RedisAddress.Parse(connectionString);
        return RedisPing.CheckAsync(given.Host, given.Port, given.User, given.Password, cancellationToken);
    }
}
