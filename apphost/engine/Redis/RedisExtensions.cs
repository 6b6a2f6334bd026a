using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Redis;
using Platform.LocalHost.Unsupported;

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
    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false) =>
        isReadOnly ? builder.NotSupported("WithDataVolume(isReadOnly): the data can be written") : builder;

    /// <summary>Keeps the data, though not in this folder: the local engine keeps them under the instance's.</summary>
    public static IResourceBuilder<RedisResource> WithDataBindMount(this IResourceBuilder<RedisResource> builder, string source, bool isReadOnly = false) =>
        builder.NotSupported($"WithDataBindMount({source}): the data lie in the instance's folder");

    /// <summary>Keeps the data. The local engine always does, and every change: its append-only file is written out each second.</summary>
    public static IResourceBuilder<RedisResource> WithPersistence(this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1) => builder;

    /// <summary>Listens on a port; on any when null.</summary>
    public static IResourceBuilder<RedisResource> WithHostPort(this IResourceBuilder<RedisResource> builder, int? port) =>
        builder.WithEndpoint(RedisResource.EndpointName, endpoint => endpoint.Port = port);

    /// <summary>The password; a server without one is not supported locally, for every user of the machine could use it.</summary>
    public static IResourceBuilder<RedisResource> WithPassword(this IResourceBuilder<RedisResource> builder, IResourceBuilder<ParameterResource>? password)
    {
        if (password is null)
            return builder.NotSupported("WithPassword(null): the server keeps its password");
        builder.Resource.PasswordParameter = password.Resource;
        return builder;
    }

    /// <summary>Redis Insight beside the server. Not supported locally.</summary>
    public static IResourceBuilder<RedisResource> WithRedisInsight(this IResourceBuilder<RedisResource> builder, Action<IResourceBuilder<RedisInsightResource>>? configureContainer = null, string? containerName = null)
    {
        configureContainer?.Invoke(builder.ApplicationBuilder.CreateResourceBuilder(new RedisInsightResource(containerName ?? "redisinsight")));
        return builder.NotSupported("WithRedisInsight: no container runs here");
    }

    /// <summary>Redis Commander beside the server. Not supported locally.</summary>
    public static IResourceBuilder<RedisResource> WithRedisCommander(this IResourceBuilder<RedisResource> builder, Action<IResourceBuilder<RedisCommanderResource>>? configureContainer = null, string? containerName = null)
    {
        configureContainer?.Invoke(builder.ApplicationBuilder.CreateResourceBuilder(new RedisCommanderResource(containerName ?? "rediscommander")));
        return builder.NotSupported("WithRedisCommander: no container runs here");
    }

    /// <summary>Redis Insight's port.</summary>
    public static IResourceBuilder<RedisInsightResource> WithHostPort(this IResourceBuilder<RedisInsightResource> builder, int? port) => builder.WithHttpEndpoint(port);

    /// <summary>Redis Commander's port.</summary>
    public static IResourceBuilder<RedisCommanderResource> WithHostPort(this IResourceBuilder<RedisCommanderResource> builder, int? port) => builder.WithHttpEndpoint(port);
}
