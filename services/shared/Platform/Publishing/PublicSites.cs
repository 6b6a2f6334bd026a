using Google.Api;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Invocation;
using Platform.Tenancy;
using Platform.Tenants.V1;

namespace Platform.Publishing;

/// <summary>Asks, as the platform, how the scope's company heads its public pages, and whether it still shows any.</summary>
/// <param name="tenants">Knows how it stands and what it is called.</param>
/// <param name="themes">Knows its colours and its logo.</param>
public sealed class PublicSites(TenantsService.TenantsServiceClient tenants, ThemesService.ThemesServiceClient themes)
{
    /// <summary>The site of a company that is active and uses the module; of any other one it is as if there were no such page.</summary>
    /// <param name="module">What the page belongs to: "records".</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    public Task<Result<Site>> GetAsync(string module, CancellationToken cancellationToken) => AskAsync<Site>(async () =>
    {
        var company = tenants.GetTenantAsync(new GetTenantRequest(), cancellationToken: cancellationToken).ResponseAsync;
        var colours = themes.GetActiveThemeAsync(new GetActiveThemeRequest(), cancellationToken: cancellationToken).ResponseAsync;
        await Task.WhenAll(company, colours);
        var (tenant, theme) = (await company, await colours);
        if (tenant.State != TenantState.Active || !tenant.Modules.Contains(module))
            return PublicErrors.Unknown;
        return new Site { Name = tenant.Slug, Title = tenant.DisplayName, Light = theme.Light, Dark = theme.Dark, Radius = theme.Radius, HasLogo = theme.LogoType.Length > 0 };
    }, cancellationToken);

    /// <summary>The logo; where there is none, there is no such page.</summary>
    /// <param name="cancellationToken">Ends the questions.</param>
    public Task<Result<HttpBody>> GetLogoAsync(CancellationToken cancellationToken) => AskAsync<HttpBody>(async () =>
    {
        var theme = await themes.GetActiveThemeAsync(new GetActiveThemeRequest(), cancellationToken: cancellationToken);
        return theme.LogoType.Length == 0 ? PublicErrors.Unknown : await themes.GetThemeLogoAsync(new GetThemeLogoRequest { ThemeId = theme.Id }, cancellationToken: cancellationToken);
    }, cancellationToken);

    /// <summary>The short name of the scope's company in addresses.</summary>
    /// <exception cref="RpcException">It cannot be asked for: background work is tried again in a moment.</exception>
    public async Task<string> GetNameAsync(CancellationToken cancellationToken) => (await tenants.GetTenantAsync(new GetTenantRequest(), cancellationToken: cancellationToken)).Slug;

    /// <summary>The short name of a company, asked as the platform, whoever needs it.</summary>
    /// <param name="scopes">Makes a scope that works for the company.</param>
    /// <param name="tenant">The company.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public static async Task<Result<string>> NameOfAsync(IServiceScopeFactory scopes, Guid tenant, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "public-pages");
        var sites = scope.ServiceProvider.GetRequiredService<PublicSites>();
        return await AskAsync<string>(async () => await sites.GetNameAsync(cancellationToken), cancellationToken);
    }

    private static async Task<Result<T>> AskAsync<T>(Func<Task<Result<T>>> ask, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception.StatusCode == StatusCode.NotFound ? PublicErrors.Unknown : PublicErrors.Unavailable;
        }
    }
}

/// <summary>Registers what services with public pages have.</summary>
public static class PublicSetup
{
    /// <summary>Adds the look-up of addresses and the clients that say how a page looks.</summary>
    /// <param name="services">The service collection.</param>
    public static IServiceCollection AddPublicPages(this IServiceCollection services) => services
        .AddServiceClient(DaprNames.Tenants, invoker => new TenantsService.TenantsServiceClient(invoker))
        .AddServiceClient(DaprNames.Metadata, invoker => new ThemesService.ThemesServiceClient(invoker))
        .AddSingleton<PublicAddresses>()
        .AddScoped<PublicSites>();
}
