using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds Redis servers.</summary>
public static class RedisBuilderExtensions
{
    private const int PasswordLength = 22;

    /// <summary>A Redis server. A connection string of the same name in the configuration names one that runs already.</summary>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        var secret = password ?? builder.AddParameter($"{name}-password", new GenerateParameterDefault { MinLength = PasswordLength, Special = false }, secret: true, persist: true);
        return builder.AddResource(new RedisResource(name, secret.Resource))
            .WithEndpoint(port: port, targetPort: 6379, name: RedisResource.EndpointName, scheme: "tcp");
    }

    /// <summary>Keeps the data. The local engine always does, under the instance's folder, with an append-only file.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false) => builder;
}
