using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Unsupported;

namespace Aspire.Hosting;

/// <summary>Adds RabbitMQ servers.</summary>
public static class RabbitMQBuilderExtensions
{
    private const int PasswordLength = 22;

    /// <summary>A RabbitMQ server. A connection string of the same name in the configuration names one that runs already.</summary>
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? userName = null, IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        var secret = password ?? builder.AddParameter($"{name}-password", new GenerateParameterDefault { MinLength = PasswordLength, Special = false }, secret: true, persist: true);
        return builder.AddResource(new RabbitMQServerResource(name, userName?.Resource, secret.Resource))
            .WithEndpoint(port: port, targetPort: 5672, name: RabbitMQServerResource.EndpointName, scheme: "tcp")
            .WithEndpoint(name: RabbitMQServerResource.MapperEndpointName, scheme: "tcp")
            .WithEndpoint(name: RabbitMQServerResource.ClusterEndpointName, scheme: "tcp");
    }

    /// <summary>Keeps the data. The local engine always does, under the instance's folder.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(this IResourceBuilder<RabbitMQServerResource> builder, string? name = null, bool isReadOnly = false) =>
        isReadOnly ? builder.NotSupported("WithDataVolume(isReadOnly): the data can be written") : builder;

    /// <summary>Keeps the data, though not in this folder: the local engine keeps them under the instance's.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithDataBindMount(this IResourceBuilder<RabbitMQServerResource> builder, string source, bool isReadOnly = false) =>
        builder.NotSupported($"WithDataBindMount({source}): the data lie in the instance's folder");

    /// <summary>Its own pages. Not supported locally; the dashboard shows the queues of the embedded broker.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> builder) => builder.WithManagementPlugin(null);

    /// <summary>Its own pages. Not supported locally; the dashboard shows the queues of the embedded broker.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> builder, int? port) =>
        builder.NotSupported("WithManagementPlugin: the server runs without plugins");
}
