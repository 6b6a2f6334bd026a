using Platform.Identity.Brokering.Saml;
using Platform.Identity.Hosting;

namespace Platform.Identity.Brokering;

internal static class BrokeringSetup
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static void AddBrokering(this IServiceCollection services)
    {
        services.AddSingleton<ProviderRules>().AddSingleton<BrokerCookie>().AddSingleton<BrokerClient>().AddSingleton<BrokerLinkSeal>();
        services.AddSingleton<SpentAnswers>().AddSingleton<SamlRequest>().AddSingleton<SamlClient>().AddSingleton<SamlMetadata>();
        services.AddScoped<BrokerStart>().AddScoped<BrokerFinish>().AddScoped<SamlEndpoint>().AddScoped<BrokerEndpoint>().AddScoped<BrokerLinkPage>().AddScoped<FirstSignIn>();
        services.AddHttpClient(BrokerClient.HttpClient, http =>
        {
            http.Timeout = Timeout;
            http.MaxResponseContentBufferSize = BrokerClient.MaxAnswerBytes;
        }).ConfigurePrimaryHttpMessageHandler(provider =>
        {
            var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
            if (!provider.GetRequiredService<ProviderRules>().AllowsLocal) handler.ConnectCallback = NetworkGuard.ConnectAsync;
            return handler;
        });
    }

    public static void MapBrokering(this WebApplication app, RealmAddresses addresses)
    {
        app.MapGet($"{addresses.Broker}/{{alias}}/endpoint", (BrokerEndpoint endpoint, HttpContext http, string alias) => endpoint.Handle(http, alias));
        app.MapPost($"{addresses.Broker}/{{alias}}/endpoint", (SamlEndpoint endpoint, HttpContext http, string alias) => endpoint.Handle(http, alias));
        app.MapGet($"{addresses.Broker}/{{alias}}/endpoint/descriptor", (SamlMetadata metadata, string alias) => metadata.Handle(alias));
        app.MapPost(addresses.FirstBrokerLogin, (BrokerLinkPage page, HttpContext http) => page.SubmitAsync(http));
    }
}
