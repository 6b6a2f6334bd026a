using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Platform.Gateway.Edge;

/// <summary>
/// The networks of <c>Proxies</c>, such as <c>10.0.0.0/8</c> or <c>192.0.2.7/32</c>: what stands in front of the gateway there says of
/// whom a request is, by <c>X-Forwarded-For</c>. Default: none, and nobody is believed. Everything that goes by addresses, limits and
/// the journal of sign-ins for two, goes by the last one in the chain that is of no such network.
/// </summary>
internal static class TrustedProxies
{
    private const string Section = "Proxies";

    /// <exception cref="FormatException">One of them is no network.</exception>
    public static void AddTrustedProxies(this IServiceCollection services, IConfiguration configuration)
    {
        var networks = (configuration.GetSection(Section).Get<string[]>() ?? []).Select(IPNetwork.Parse).ToList();
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = networks.Count > 0 ? ForwardedHeaders.XForwardedFor : ForwardedHeaders.None;
            // As many as stand in a row.
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            networks.ForEach(forwarded.KnownIPNetworks.Add);
        });
    }
}
