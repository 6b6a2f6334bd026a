using System.Net;
using System.Text.Json;
using Platform.Errors;
using Platform.Tenants.ExternalApps;

namespace Platform.Tenants.Invitations;

/// <summary>Invitations at the platform's identity server, by Keycloak's admin API: it makes the account where there is none, and mails the link.</summary>
internal sealed class IdentityInvites(IdentityAdmin admin)
{
    // Where the link leads in the end.
    private const string Client = "platform-web";

    /// <summary>Mails the link; null where that went well. Somebody who is of the organization already and came by the company's own server needs none.</summary>
    public async Task<Error?> SendAsync(Invitation invitation, CancellationToken cancellationToken) => (await admin.TryAsync(async () =>
    {
        if (await SendOnceAsync(invitation, cancellationToken) || !await LeaveAsync(invitation, cancellationToken))
            return "";
        await SendOnceAsync(invitation, cancellationToken);
        return "";
    }, cancellationToken)).Error;

    /// <summary>Whoever follows the link is not of the organization any more; null where that went well.</summary>
    public async Task<Error?> WithdrawAsync(Invitation invitation, CancellationToken cancellationToken) => (await admin.TryAsync(async () =>
    {
        await LeaveAsync(invitation, cancellationToken);
        return "";
    }, cancellationToken)).Error;

    // False where the person is of the organization already.
    private async Task<bool> SendOnceAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        var space = invitation.DisplayName.LastIndexOf(' ');
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["email"] = invitation.Email,
            ["firstName"] = space < 0 ? invitation.DisplayName : invitation.DisplayName[..space],
            ["lastName"] = space < 0 ? "" : invitation.DisplayName[(space + 1)..],
        });
        using var answer = await admin.SendAsync(
            HttpMethod.Post, $"/organizations/{invitation.TenantId}/members/invite-user?client_id={Client}", form, cancellationToken, HttpStatusCode.Conflict);
        return answer.IsSuccessStatusCode;
    }

    // Only who was invited leaves: who came by the company's own server is that server's to remove. False where nobody has left.
    private async Task<bool> LeaveAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        var known = await admin.GetAsync($"/users?email={Uri.EscapeDataString(invitation.Email)}&exact=true", cancellationToken);
        if (known.EnumerateArray().Select(user => user.GetProperty("id").GetString()).SingleOrDefault() is not { } id)
            return false;
        var member = $"/organizations/{invitation.TenantId}/members/{id}";
        using var found = await admin.SendAsync(HttpMethod.Get, member, null, cancellationToken, HttpStatusCode.NotFound);
        if (!found.IsSuccessStatusCode)
            return true;
        var person = await found.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        if (person.TryGetProperty("membershipType", out var type) && type.GetString() == "MANAGED")
            return false;
        using var left = await admin.SendAsync(HttpMethod.Delete, member, null, cancellationToken, HttpStatusCode.NotFound);
        return true;
    }
}
