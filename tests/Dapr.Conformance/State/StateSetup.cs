using Dapr.Client;
using Dapr.Conformance.Harness;

namespace Dapr.Conformance.State;

/// <summary>A sidecar with one kind of state store; what a store does in its own way is said here.</summary>
public abstract class StateSetup : IAsyncLifetime
{
    /// <summary>The app id and so the prefix of keys.</summary>
    internal const string AppId = "shop";

    internal const string Store = "statestore";

    internal Sidecar Sidecar { get; } = new(AppId);

    internal DaprClient Dapr { get; private set; } = null!;

    internal HttpClient Http { get; private set; } = null!;

    /// <summary>The component's type and version.</summary>
    internal abstract string Type { get; }

    /// <summary>An etag of the right form that no row has.</summary>
    internal abstract string OtherEtag { get; }

    /// <summary>Whether a transaction that fails leaves nothing behind.</summary>
    internal abstract bool RollsBack { get; }

    internal abstract Task<(string Name, string Value)[]> StartServerAsync();

    /// <summary>What the store itself has under a full key; null without one.</summary>
    internal abstract Task<string?> ReadRowAsync(string key);

    public async ValueTask InitializeAsync()
    {
        var server = await StartServerAsync();
        Sidecar.Component(Store, Type, server)
            .Component("byname", Type, [.. server, ("keyPrefix", "name")])
            .Component("unprefixed", Type, [.. server, ("keyPrefix", "none")])
            .Component("ownprefix", Type, [.. server, ("keyPrefix", "ours")]);
        await Sidecar.StartAsync();
        Dapr = Sidecar.Dapr();
        Http = Sidecar.Http();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Sidecar.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
