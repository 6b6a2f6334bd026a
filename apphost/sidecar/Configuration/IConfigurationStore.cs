using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Configuration;

/// <summary>A configuration store below the API: items by key, and changes as they happen.</summary>
internal interface IConfigurationStore : IComponent
{
    /// <param name="keys">Which items; none asks for all.</param>
    /// <param name="metadata">Of the request.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The items that exist, by key.</returns>
    Task<IReadOnlyDictionary<string, ConfigurationItem>> Get(
        IReadOnlyList<string> keys, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken);

    /// <summary>
    /// Tells of every change from now on, one batch at a time and in their order, until the subscription is disposed.
    /// It is in force when this returns, and survives an outage of the store: what it missed meanwhile is not told.
    /// </summary>
    /// <param name="keys">Which items; none asks for all.</param>
    /// <param name="metadata">Of the request.</param>
    /// <param name="changed">Gets the changed items as they are now, a deleted one with an empty value; what it throws is not the store's concern.</param>
    /// <param name="cancellationToken">Ends the attempt to subscribe, not the subscription.</param>
    Task<IAsyncDisposable> Subscribe(
        IReadOnlyList<string> keys, IReadOnlyDictionary<string, string> metadata, ConfigurationChanged changed, CancellationToken cancellationToken);
}

/// <summary>What is stored under one key.</summary>
internal sealed record ConfigurationItem(string Value, string Version = "")
{
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Stands for an item that was deleted.</summary>
    public static ConfigurationItem Deleted { get; } = new("");
}

/// <summary>Takes changed items by key; the token ends with the subscription.</summary>
internal delegate Task ConfigurationChanged(IReadOnlyDictionary<string, ConfigurationItem> items, CancellationToken cancellationToken);
