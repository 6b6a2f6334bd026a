namespace Platform.Access;

/// <summary>Where a person's permissions come from: the tenants service, over Dapr in every other service.</summary>
public interface IAccessSource
{
    /// <summary>The permissions of a person in a tenant; empty where the person is no member.</summary>
    /// <param name="tenantId">The tenant of the token.</param>
    /// <param name="userId">The subject of the token.</param>
    /// <param name="bearerToken">The token, to be passed on.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyCollection<string>> GetPermissionsAsync(Guid tenantId, string userId, string bearerToken, CancellationToken cancellationToken);
}
