using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Access;

namespace Platform.Testing;

/// <summary>Stands for the tenants service, which is another process: grants what the test's token says, or what the test has set.</summary>
public sealed class TokenAccessSource(TestAccess known) : IAccessSource
{
    public const string Claim = "test_permissions";

    public Task<Tenants.V1.Access> GetAccessAsync(Guid tenantId, string userId, string bearerToken, CancellationToken cancellationToken) =>
        Task.FromResult(known.Find(tenantId, userId) ?? known.Seen(new Tenants.V1.Access
        {
            TenantId = tenantId.ToString(),
            UserId = userId,
            Permissions = { bearerToken.Length == 0 ? [] : new JsonWebToken(bearerToken).Claims.Where(claim => claim.Type == Claim).Select(claim => claim.Value) },
        }, isTold: bearerToken.Length > 0));
}
