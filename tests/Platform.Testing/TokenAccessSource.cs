using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Access;

namespace Platform.Testing;

/// <summary>Stands for the tenants service, which is another process: grants what the test's token says.</summary>
public sealed class TokenAccessSource : IAccessSource
{
    public const string Claim = "test_permissions";

    public Task<IReadOnlyCollection<string>> GetPermissionsAsync(Guid tenantId, string userId, string bearerToken, CancellationToken cancellationToken)
    {
        var permissions = new JsonWebToken(bearerToken).Claims.Where(claim => claim.Type == Claim).Select(claim => claim.Value).ToList();
        return Task.FromResult<IReadOnlyCollection<string>>(permissions);
    }
}
