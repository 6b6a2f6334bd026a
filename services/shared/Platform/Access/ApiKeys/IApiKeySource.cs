namespace Platform.Access.ApiKeys;

/// <summary>Where the permissions of a key come from: the tenants service, over Dapr in every other process.</summary>
public interface IApiKeySource
{
    /// <summary>What the key may do; null where there is no such key, or no longer.</summary>
    Task<IReadOnlyCollection<string>?> FindAsync(ApiKeyText key, CancellationToken cancellationToken);
}
