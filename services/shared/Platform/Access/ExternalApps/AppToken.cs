using System.Globalization;
using System.Security.Claims;

namespace Platform.Access.ExternalApps;

/// <summary>A validated access token of a company's application.</summary>
/// <param name="Client">The application.</param>
/// <param name="Subject">The person who consented.</param>
/// <param name="IssueTime">When it was issued, to the second.</param>
/// <param name="Bearer">The token itself, to be passed on.</param>
public sealed record AppToken(ExternalClient Client, string Subject, DateTimeOffset IssueTime, string Bearer)
{
    /// <summary>The token in a company; null where it is of an application of another one, or of none.</summary>
    internal static AppToken? Of(ClaimsPrincipal user, string clientId, Guid tenantId, string bearer) =>
        ExternalClient.Parse(clientId) is { } client && client.TenantId == tenantId
        && long.TryParse(user.FindFirstValue("iat"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? new AppToken(client, user.FindFirstValue("sub") ?? "", DateTimeOffset.FromUnixTimeSeconds(seconds), bearer)
            : null;
}
