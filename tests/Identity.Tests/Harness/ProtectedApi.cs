using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Platform.Identity.Tests.Harness;

/// <summary>An API that trusts the provider in the way that every service does.</summary>
internal sealed class ProtectedApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();

    private ProtectedApi(WebApplication app) => _app = app;

    public static async Task<ProtectedApi> StartAsync(string providerUrl)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddKeycloakWebApiAuthentication(options =>
        {
            options.AuthServerUrl = providerUrl;
            options.Realm = "platform";
            options.Resource = "platform-api";
            options.SslRequired = "none";
        });
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/me", (ClaimsPrincipal user) => user.FindFirstValue("preferred_username")).RequireAuthorization();
        await app.StartAsync();
        return new ProtectedApi(app);
    }

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_app.Urls.Single()}/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}
