namespace Platform.Access.ApiKeys;

/// <summary>Where the access of a key comes from: the tenants service, over Dapr in every other process.</summary>
public interface IApiKeySource
{
    /// <summary>What the key may do; null where there is no such key, or no longer.</summary>
    Task<Tenants.V1.Access?> FindAsync(ApiKeyText key, CancellationToken cancellationToken);
}
