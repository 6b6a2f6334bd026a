using FluentValidation;
using Platform.Invocation;
using Platform.Tenants.Newcomers;

namespace Platform.Tenants.IdentityProviders;

internal static class IdentityProvidersSetup
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static WebApplicationBuilder AddIdentityProviders(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddSingleton<ProviderAddress>()
            .AddSingleton<IdentityBrokers>()
            .AddSingleton<ProviderProbe>()
            .AddSingleton<NewcomerDoor>()
            .AddSingleton<IValidator<V1.CreateIdentityProviderRequest>, CreateIdentityProvider.Validator>()
            .AddSingleton<IValidator<V1.UpdateIdentityProviderRequest>, UpdateIdentityProvider.Validator>()
            .AddHttpClient(nameof(ProviderProbe), http => (http.Timeout, http.MaxResponseContentBufferSize) = (Timeout, ProviderProbe.MaxAnswerBytes))
            .ConfigurePrimaryHttpMessageHandler(provider =>
            {
                var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
                if (!provider.GetRequiredService<ProviderAddress>().AllowsLocal)
                    handler.ConnectCallback = PublicNetwork.ConnectAsync;
                return handler;
            });
        return builder;
    }
}
