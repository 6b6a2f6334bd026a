using Aspire.Hosting.ApplicationModel;

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
    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(this IResourceBuilder<RabbitMQServerResource> builder, string? name = null, bool isReadOnly = false) => builder;
}
