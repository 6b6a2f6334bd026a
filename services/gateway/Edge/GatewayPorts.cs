namespace Platform.Gateway.Edge;

/// <summary>
/// Where the gateway listens. Without TLS one port cannot speak both versions of HTTP: the first address of ASPNETCORE_URLS is
/// for HTTP/1.1, the second for gRPC. <c>Kestrel:Endpoints:Rest:Url</c> and <c>Kestrel:Endpoints:Grpc:Url</c> win over it.
/// </summary>
internal static class GatewayPorts
{
    private const string DefaultRest = "http://localhost:8000";
    private const string DefaultGrpc = "http://localhost:8001";

    public static void UseGatewayPorts(this WebApplicationBuilder builder)
    {
        var urls = builder.Configuration["urls"]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        Listen(builder.Configuration, "Rest", "Http1", urls.ElementAtOrDefault(0) ?? DefaultRest);
        Listen(builder.Configuration, "Grpc", "Http2", urls.ElementAtOrDefault(1) ?? DefaultGrpc);
        // Both are endpoints by now; Kestrel would warn that it does not listen here twice.
        builder.WebHost.UseUrls();
    }

    private static void Listen(ConfigurationManager configuration, string name, string protocols, string defaultUrl)
    {
        var endpoint = configuration.GetSection($"Kestrel:Endpoints:{name}");
        endpoint["Url"] ??= defaultUrl;
        endpoint["Protocols"] ??= protocols;
    }
}
