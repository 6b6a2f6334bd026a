using Platform.Identity.Brokering.Saml;
using Platform.Identity.Hosting;
using Platform.Identity.Realms;
using Platform.Invocation;

namespace Platform.Identity.Brokering;

internal static class BrokeringSetup
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static void AddBrokering(this IServiceCollection services)
    {
        services.AddSingleton<ProviderRules>().AddSingleton<BrokerCookie>().AddSingleton<BrokerClient>().AddSingleton<BrokerLinkSeal>();
        services.AddSingleton<ProviderKeys>().AddSingleton<ProviderTokenSeal>().AddSingleton<ProviderLogoutTokens>().AddSingleton<LogoutLimiter>();
        services.AddSingleton<SpentAnswers>().AddSingleton<SamlSender>().AddSingleton<SamlDecryptionKey>().AddSingleton<SamlRequest>().AddSingleton<SamlClient>().AddSingleton<SamlMetadata>();
        services.AddSingleton<OnwardPage>().AddSingleton<SignOutResultPage>().AddSingleton<SignOutCookie>().AddSingleton<UnaskedSeal>();
        services.AddScoped<OidcSignOut>().AddScoped<ProviderLogoutEndpoint>().AddScoped<SamlSignOut>().AddScoped<SamlUnaskedEndpoint>().AddScoped<UnaskedPage>();
        services.AddScoped<BrokerStart>().AddScoped<BrokerFinish>().AddScoped<SamlEndpoint>().AddScoped<BrokerEndpoint>().AddScoped<BrokerLinkPage>().AddScoped<FirstSignIn>();
        services.AddHttpClient(BrokerClient.HttpClient, http =>
        {
            http.Timeout = Timeout;
            http.MaxResponseContentBufferSize = BrokerClient.MaxAnswerBytes;
        }).ConfigurePrimaryHttpMessageHandler(provider =>
        {
            var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
            if (!provider.GetRequiredService<ProviderRules>().AllowsLocal) handler.ConnectCallback = PublicNetwork.ConnectAsync;
            return handler;
        });
    }

    public static void MapBrokering(this WebApplication app, RealmAddresses addresses)
    {
        // It remembers from when it was made: that is now, and not the first answer.
        app.Services.GetRequiredService<SpentAnswers>();
        app.MapGet($"{addresses.Broker}/{{alias}}/endpoint", (BrokerEndpoint endpoint, SamlEndpoint saml, Realm realm, HttpContext http, string alias) =>
            realm.FindProvider(alias) is { IsSaml: true } ? saml.Handle(http, alias) : endpoint.Handle(http, alias));
        app.MapPost($"{addresses.Broker}/{{alias}}/endpoint", (SamlEndpoint endpoint, HttpContext http, string alias) => endpoint.Handle(http, alias));
        app.MapGet($"{addresses.Broker}/{{alias}}/endpoint/descriptor", (SamlMetadata metadata, string alias) => metadata.Handle(alias));
        app.MapPost($"{addresses.Broker}/{{alias}}/endpoint/clients/{{name}}", (SamlUnaskedEndpoint endpoint, HttpContext http, string alias, string name) => endpoint.Handle(http, alias, name));
        app.MapGet($"{addresses.Broker}/{{alias}}/endpoint/clients/{{name}}", (SamlUnaskedEndpoint endpoint, HttpContext http, string alias, string name) => endpoint.Continue(http, alias, name));
        app.MapGet($"{addresses.Broker}/{{alias}}/endpoint/logout_response", (OidcSignOut signOut, HttpContext http, string alias) => signOut.Finish(http, alias));
        app.MapPost(addresses.BackChannelLogout, (ProviderLogoutEndpoint endpoint, HttpContext http) => endpoint.Handle(http));
        app.MapPost(addresses.UnaskedLogin, (UnaskedPage page, HttpContext http) => page.SubmitAsync(http));
        app.MapPost(addresses.FirstBrokerLogin, (BrokerLinkPage page, HttpContext http) => page.SubmitAsync(http));
    }
}
