using Microsoft.AspNetCore.Http.Connections;
using Platform.Gateway.Sessions.Requests;
using Platform.Gateway.Sessions.Storage;
using Platform.Invocation;

namespace Platform.Gateway.Live;

/// <summary>
/// What changes, told to browsers and other clients as it happens: the hub at <c>/hubs/live</c>. WebSockets only, so that a connection needs
/// no replica of its own; browsers come with the cookie, and with our own <c>Origin</c>.
/// </summary>
internal static class LiveSetup
{
    /// <summary>Where it is.</summary>
    public const string Path = "/hubs/live";

    private const int LargestMessage = 4 * 1024;
    private const string Secret = $"{LiveOptions.Section}:Secret";
    private const string ClientId = $"{LiveOptions.Section}:ClientId";
    private const string DefaultClient = "platform-live";

    public static WebApplicationBuilder AddLive(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        settings[ClientId] ??= DefaultClient;
        if (!settings.HasLive())
            return builder;
        var services = builder.Services;
        services.AddOptions<LiveOptions>().Bind(settings.GetSection(LiveOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(nameof(ServiceAccount));
        services.AddSingleton(provider => new ServiceAccount(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(ServiceAccount)), settings, provider.GetRequiredService<TimeProvider>(), LiveOptions.Section));
        services.AddSingleton<LiveFeed>();
        services.AddSingleton(provider => new ViewerRights(provider.GetRequiredService<SidecarChannel>(), provider.GetRequiredService<TimeProvider>(), provider.GetService<AccessTokens>()));
        services.AddSingleton<LiveTenants>();
        services.AddSingleton<LiveCalls>();
        services.AddHostedService(provider => new LiveGuard(
            provider.GetRequiredService<LiveTenants>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LiveGuard>>(), provider.GetService<SessionStore>()));
        services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = LargestMessage;
            hub.KeepAliveInterval = TimeSpan.FromSeconds(10);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
        });
        return builder;
    }

    public static void MapLive(this WebApplication app)
    {
        if (app.Configuration.HasLive())
            app.MapHub<LiveHub>(Path, connection => connection.Transports = HttpTransportType.WebSockets).RequireAuthorization();
    }

    private static bool HasLive(this IConfiguration configuration) => !string.IsNullOrEmpty(configuration[Secret]);
}
