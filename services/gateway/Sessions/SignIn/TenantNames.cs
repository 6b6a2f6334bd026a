using System.Net.Http.Headers;
using Google.Protobuf;
using Platform.Invocation;
using Platform.Tenants.V1;

namespace Platform.Gateway.Sessions.SignIn;

/// <summary>What a tenant is called, asked of the tenants service in the person's own name.</summary>
internal sealed class TenantNames(HttpClient sidecar)
{
    private static readonly Uri Address = new($"/v1.0/invoke/{DaprNames.Tenants}/method/api/v1/tenants/current", UriKind.Relative);
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The name; null where nobody tells, for which no sign-in fails.</summary>
    public async Task<string?> FindAsync(string accessToken, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Address);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
            using var response = await sidecar.SendAsync(request, limit.Token);
            if (!response.IsSuccessStatusCode)
                return null;
            var tenant = Json.Parse<Tenant>(await response.Content.ReadAsStringAsync(limit.Token));
            return tenant.DisplayName is { Length: > 0 } name ? name : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidProtocolBufferException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
