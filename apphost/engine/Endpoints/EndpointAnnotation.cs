using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A port that a resource listens on.</summary>
public sealed class EndpointAnnotation(
    ProtocolType protocol, string? uriScheme = null, string? transport = null, string? name = null, int? port = null, int? targetPort = null, bool? isExternal = null, bool? isProxied = null)
    : IResourceAnnotation
{
    /// <summary>TCP or UDP.</summary>
    public ProtocolType Protocol { get; set; } = protocol;

    /// <summary>Its name within the resource.</summary>
    public string Name { get; set; } = name ?? uriScheme ?? "tcp";

    /// <summary>The port that others use; chosen when null.</summary>
    public int? Port { get; set; } = port;

    /// <summary>The port that the resource itself listens on.</summary>
    public int? TargetPort { get; set; } = targetPort;

    /// <summary>The scheme of its address.</summary>
    public string UriScheme { get; set; } = uriScheme ?? "tcp";

    /// <summary>How it is spoken to: <c>http</c>, <c>http2</c> or <c>tcp</c>.</summary>
    public string Transport { get; set; } = transport ?? (uriScheme is "http" or "https" ? "http" : "tcp");

    /// <summary>Meant for the world outside.</summary>
    public bool IsExternal { get; set; } = isExternal ?? false;

    /// <summary>Whether something may stand between the port and the resource. The local engine never does.</summary>
    public bool IsProxied { get; set; } = isProxied ?? true;

    /// <summary>Where it listens, once that is decided.</summary>
    public AllocatedEndpoint? AllocatedEndpoint { get; set; }

    internal string? EnvironmentVariable { get; set; }
}

/// <summary>Where an endpoint listens.</summary>
public sealed class AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
{
    /// <summary>The endpoint.</summary>
    public EndpointAnnotation Endpoint { get; } = endpoint;

    /// <summary>Host name.</summary>
    public string Address { get; } = address;

    /// <summary>Port.</summary>
    public int Port { get; } = port;

    /// <summary>The port of the resource itself, where it is told in words.</summary>
    public string? TargetPortExpression { get; } = targetPortExpression;

    /// <summary>Scheme of the address.</summary>
    public string UriScheme => Endpoint.UriScheme;

    /// <summary>The whole address.</summary>
    public string UriString => $"{UriScheme}://{Address}:{Port}";
}
