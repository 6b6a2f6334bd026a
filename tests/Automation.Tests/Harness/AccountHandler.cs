using System.Net.Http.Json;

namespace Automation.Tests.Harness;

/// <summary>Stands for the identity server: a token for a service account that asks with its secret.</summary>
internal sealed class AccountHandler : HttpMessageHandler
{
    public const string ClientId = "platform-automation";
    public const string ProvisioningId = "platform-provisioning";
    public const string Secret = "secret-of-the-tests";
    public const string Token = "token-of-the-service-account";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var form = await request.Content!.ReadAsStringAsync(cancellationToken);
        return (form.Contains($"client_id={ClientId}", StringComparison.Ordinal) || form.Contains($"client_id={ProvisioningId}", StringComparison.Ordinal)) && form.Contains($"client_secret={Secret}", StringComparison.Ordinal)
            ? new HttpResponseMessage { Content = JsonContent.Create(new { access_token = Token, expires_in = 300 }) }
            : new HttpResponseMessage(System.Net.HttpStatusCode.Unauthorized);
    }
}
