using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Invocation;

namespace Platform.Access.ApiKeys;

/// <summary>Registers keys beside tokens: both come as <c>Authorization: Bearer …</c>, a key is known by how it begins.</summary>
internal static class ApiKeySetup
{
    public static void AddApiKeys(this IServiceCollection services)
    {
        services.AddHybridCache();
        services.TryAddSingleton<SidecarChannel>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PeerCalls>();
        services.TryAddSingleton<RemoteAccessSource>();
        services.AddSingleton<ApiKeyDirectory>();
        services.TryAddScoped<IApiKeySource, RemoteApiKeySource>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, bearer =>
            bearer.ForwardDefaultSelector = context => ApiKeyText.IsIn(context.Request) ? ApiKeyHandler.SchemeName : null);
    }
}
