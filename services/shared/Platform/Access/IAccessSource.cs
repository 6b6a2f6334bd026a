namespace Platform.Access;

/// <summary>Where a person's access comes from: the tenants service, over Dapr in every other service.</summary>
public interface IAccessSource
{
    /// <summary>What a person may do in a tenant; no permissions where the person is no member.</summary>
    /// <param name="tenantId">The tenant of the token.</param>
    /// <param name="userId">The person; the subject of the token, or somebody else where the token is an administrator's.</param>
    /// <param name="bearerToken">The token, to be passed on; empty for the platform itself, which goes on with what the person began.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<Tenants.V1.Access> GetAccessAsync(Guid tenantId, string userId, string bearerToken, CancellationToken cancellationToken);
}
