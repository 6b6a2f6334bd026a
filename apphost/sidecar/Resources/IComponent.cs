namespace Platform.Sidecar.Resources;

/// <summary>A running component; one object serves every app whose resource files describe it alike.</summary>
internal interface IComponent
{
    /// <summary>What the metadata API says that it can do.</summary>
    IReadOnlyList<string> Capabilities { get; }

    /// <summary>Connects and prepares what it needs; called once, before any app is served.</summary>
    Task Start(CancellationToken cancellationToken);
}

/// <summary>A component as its file describes it for one app, with secrets, variables and templates put in.</summary>
internal sealed record ComponentSpec(string Name, string Type, string Version, string File)
{
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
    public bool IgnoreErrors { get; init; }
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public string? this[string key] => Metadata.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

    /// <summary>Equal for specs that one component can serve.</summary>
    public string Identity => string.Join('\n', Metadata.OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
        .Select(pair => $"{pair.Key}={pair.Value}").Prepend($"{Type}/{Version}/{Name}"));

    public bool Flag(string key) => this[key] is { } value && (value is "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));
}

/// <summary>A component in the eyes of one app.</summary>
internal sealed record AppComponent(ComponentSpec Spec, IComponent Component);
