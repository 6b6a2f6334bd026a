using System.Text.Json;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Platform.Access.ExternalApps;
using Platform.Tenancy;

namespace Platform.Tenants.ExternalApps;

/// <summary>
/// Applications out of this service's own database, and what their people consented to from the identity server; used in a scope
/// of its own, whose caller it sets.
/// </summary>
internal sealed class LocalExternalAppSource(TenantsDbContext db, Caller caller, IdentityAdmin admin) : IExternalAppSource
{
    public async Task<IEnumerable<string>?> FindAsync(AppToken token, CancellationToken cancellationToken)
    {
        caller.ActAsSystem(token.Client.TenantId, "external-apps");
        var app = await db.ExternalApps.AsNoTracking().SingleOrDefaultAsync(row => row.Id == token.Client.Id, cancellationToken);
        if (app is null || app.Disabled || !Guid.TryParse(token.Subject, out var person))
            return null;
        return await ConsentAsync(person, app.ClientId, cancellationToken) is { } consent && consent.Covers(token) ? app.Permissions.Intersect(consent.Scopes) : null;
    }

    private async Task<AppConsent?> ConsentAsync(Guid person, string clientId, CancellationToken cancellationToken)
    {
        try
        {
            var given = await admin.GetAsync($"/users/{person}/consents", cancellationToken);
            return given.EnumerateArray().Where(consent => consent.GetProperty("clientId").GetString() == clientId).Select(AppConsent.Read).SingleOrDefault();
        }
        catch (Exception exception) when (IdentityAdmin.IsAway(exception, cancellationToken))
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The identity server cannot be asked for the consent."), exception.Message);
        }
    }

    private sealed record AppConsent(IReadOnlyList<string> Scopes, DateTimeOffset CreateTime)
    {
        public static AppConsent Read(JsonElement consent) => new(
            [.. consent.GetProperty("grantedClientScopes").EnumerateArray().Select(scope => scope.GetString()!)],
            DateTimeOffset.FromUnixTimeMilliseconds(consent.GetProperty("createdDate").GetInt64()));

        // A token from before stays void when consent is given anew; its time has no fractions of a second.
        public bool Covers(AppToken token) => token.IssueTime.AddSeconds(1) > CreateTime;
    }
}
