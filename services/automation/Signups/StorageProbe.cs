using System.Net.Http.Headers;
using Platform.Invocation;
using Platform.Tenancy;

namespace Platform.Automation.Signups;

/// <summary>Asks a service, through the sidecar, whether it can keep rows of a tenant.</summary>
internal sealed class StorageProbe(HttpClient http, SidecarAddress sidecar, ServiceAccount account)
{
    /// <exception cref="HttpRequestException">It cannot, or not now.</exception>
    public async Task CheckAsync(string appId, Guid tenant)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(sidecar.Http, $"/v1.0/invoke/{appId}/method/platform/storage:check"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await account.GetTokenAsync(CancellationToken.None));
        request.Headers.Add(Caller.TenantHeader, tenant.ToString());
        if (sidecar.ApiToken is { } token)
            request.Headers.Add(SidecarAddress.TokenHeader, token);
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
