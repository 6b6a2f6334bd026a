namespace Platform.Access.ExternalApps;

/// <summary>Where it is known what an application's token still grants: the tenants service, over Dapr in every other process.</summary>
public interface IExternalAppSource
{
    /// <summary>The permissions; null where the application is switched off or gone, or its person took the consent back.</summary>
    Task<IEnumerable<string>?> FindAsync(AppToken token, CancellationToken cancellationToken);
}
