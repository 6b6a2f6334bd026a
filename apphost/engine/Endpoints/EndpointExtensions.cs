using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Endpoints;
using Platform.LocalHost.Model;

namespace Aspire.Hosting;

/// <summary>Describes resources of every kind.</summary>
public static partial class ResourceBuilderExtensions
{
    /// <summary>A port that the resource listens on; a second call for the same name changes it.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? scheme = null, string? name = null, string? env = null, bool? isProxied = null, bool? isExternal = null, ProtocolType? protocol = null)
        where T : IResourceWithEndpoints
    {
        var endpointName = name ?? scheme ?? "tcp";
        ResourceName.Check("endpoint", endpointName);
        var existing = builder.Resource.Annotations.OfType<EndpointAnnotation>()
            .FirstOrDefault(endpoint => endpoint.Name.Equals(endpointName, StringComparison.OrdinalIgnoreCase));
        var endpoint = existing ?? new EndpointAnnotation(protocol ?? ProtocolType.Tcp, scheme, name: endpointName);
        endpoint.Port = port ?? endpoint.Port;
        endpoint.TargetPort = targetPort ?? endpoint.TargetPort;
        endpoint.IsProxied = isProxied ?? endpoint.IsProxied;
        endpoint.IsExternal = isExternal ?? endpoint.IsExternal;
        endpoint.EnvironmentVariable = env ?? endpoint.EnvironmentVariable;
        return existing is null ? builder.WithAnnotation(endpoint) : builder;
    }

    /// <summary>Changes an endpoint, or makes one.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, string endpointName, Action<EndpointAnnotation> callback, bool createIfNotExists = true)
        where T : IResourceWithEndpoints
    {
        var existing = builder.Resource.Annotations.OfType<EndpointAnnotation>()
            .FirstOrDefault(endpoint => endpoint.Name.Equals(endpointName, StringComparison.OrdinalIgnoreCase));
        if (existing is null && !createIfNotExists)
            return builder;
        var endpoint = existing ?? new EndpointAnnotation(ProtocolType.Tcp, name: endpointName);
        callback(endpoint);
        return existing is null ? builder.WithAnnotation(endpoint) : builder;
    }

    /// <summary>An HTTP port, named <c>http</c> unless said otherwise.</summary>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "http", name, env, isProxied);

    /// <summary>An HTTPS port, named <c>https</c> unless said otherwise. The program itself needs a certificate for it: nothing stands before it.</summary>
    public static IResourceBuilder<T> WithHttpsEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "https", name, env, isProxied);

    /// <summary>The HTTP ports are meant for the world outside.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.UriScheme is "http" or "https"))
            endpoint.IsExternal = true;
        return builder;
    }

    /// <summary>The HTTP ports speak HTTP/2 only.</summary>
    public static IResourceBuilder<T> AsHttp2Service<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints => builder.WithAnnotation(new Http2ServiceAnnotation());

    /// <summary>Names an endpoint.</summary>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints => new(builder.Resource, name);
}
