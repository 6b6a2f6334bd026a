using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Secrets;

/// <summary>Named secrets, each a map of keys to values.</summary>
internal interface ISecretStore : IComponent
{
    /// <summary>Null where there is no such secret.</summary>
    IReadOnlyDictionary<string, string>? Get(string name);

    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> GetAll();
}
