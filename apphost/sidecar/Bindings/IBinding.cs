using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Bindings;

/// <summary>Something outside that can be asked to do something.</summary>
internal interface IOutputBinding : IComponent
{
    IReadOnlyList<string> Operations { get; }

    Task<BindingResponse> Invoke(BindingRequest request, CancellationToken cancellationToken);
}

/// <summary>Something outside that has news for an app.</summary>
internal interface IInputBinding : IComponent
{
    /// <summary>Hands over events until <paramref name="stopping"/> is cancelled; what the delivery throws is the binding's to answer.</summary>
    Task Read(string appId, Func<BindingEvent, CancellationToken, Task> deliver, CancellationToken stopping);
}

/// <param name="AppId">Who asks.</param>
/// <param name="Operation">One of the binding's.</param>
/// <param name="Data">As the caller sent it; JSON when it came over HTTP.</param>
/// <param name="Metadata">Of the request.</param>
internal sealed record BindingRequest(string AppId, string Operation, ReadOnlyMemory<byte> Data, IReadOnlyDictionary<string, string> Metadata)
{
    public string? this[string key] =>
        Metadata.FirstOrDefault(pair => pair.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value is { Length: > 0 } value ? value : null;
}

internal sealed record BindingResponse(ReadOnlyMemory<byte> Data)
{
    public static BindingResponse Empty { get; } = new(default(ReadOnlyMemory<byte>));

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}

internal sealed record BindingEvent(ReadOnlyMemory<byte> Data, IReadOnlyDictionary<string, string> Metadata);
