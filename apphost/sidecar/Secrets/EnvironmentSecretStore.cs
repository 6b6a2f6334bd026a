using System.Collections;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Secrets;

/// <summary>Type <c>secretstores.local.env</c>: the variables of this process, without Dapr's own tokens.</summary>
internal sealed class EnvironmentSecretStore(ComponentSpec spec) : ISecretStore
{
    private readonly string _prefix = spec["prefix"] ?? "";

    public IReadOnlyList<string> Capabilities { get; } = [];

    public Task Start(CancellationToken cancellationToken) => Task.CompletedTask;

    public IReadOnlyDictionary<string, string>? Get(string name) =>
        new Dictionary<string, string> { [name] = IsBlocked(_prefix + name) ? "" : Environment.GetEnvironmentVariable(_prefix + name) ?? "" };

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> GetAll() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(pair => ((string)pair.Key, (string?)pair.Value ?? ""))
            .Where(pair => pair.Item1.StartsWith(_prefix, StringComparison.Ordinal) && !IsBlocked(pair.Item1))
            .Select(pair => (Name: pair.Item1[_prefix.Length..], Value: pair.Item2))
            .ToDictionary(pair => pair.Name, IReadOnlyDictionary<string, string> (pair) => new Dictionary<string, string> { [pair.Name] = pair.Value });

    private static bool IsBlocked(string name) =>
        name.Equals("APP_API_TOKEN", StringComparison.OrdinalIgnoreCase) || name.StartsWith("DAPR_", StringComparison.OrdinalIgnoreCase);
}
