using Microsoft.Extensions.DependencyInjection;

namespace Platform.Invocation;

/// <summary>HTTP to the sidecar.</summary>
public static class SidecarClients
{
    /// <summary>Registers a client of the sidecar's HTTP port, with its token where there is one.</summary>
    /// <param name="services">The container.</param>
    /// <param name="name">Its name, for the factory of clients.</param>
    /// <param name="address">Where the sidecar is.</param>
    /// <param name="patience">How long an answer may take.</param>
    public static IHttpClientBuilder AddSidecarClient(this IServiceCollection services, string name, SidecarAddress address, TimeSpan patience) => services.AddHttpClient(name, client =>
    {
        client.BaseAddress = address.Http;
        client.Timeout = patience;
        if (address.ApiToken is { } token)
            client.DefaultRequestHeaders.Add(SidecarAddress.TokenHeader, token);
    });
}
