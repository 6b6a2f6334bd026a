using System.Text.Json.Nodes;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Policies;

/// <summary>
/// Which parts of the API an app may call: <c>spec.api.allowed</c> and <c>spec.api.denied</c> of its Configuration.
/// What is denied is not allowed; where something is allowed for a protocol, nothing else is.
/// </summary>
internal sealed class ApiRules
{
    private readonly HashSet<ApiPart> _allowed;
    private readonly HashSet<ApiPart> _denied;

    private ApiRules(HashSet<ApiPart> allowed, HashSet<ApiPart> denied) => (_allowed, _denied) = (allowed, denied);

    /// <summary>That nothing is ever refused.</summary>
    public bool IsEmpty => _allowed.Count == 0 && _denied.Count == 0;

    public static ApiRules Of(IEnumerable<ResourceFile> configuration)
    {
        var apis = configuration.Select(document => document.Document.At("spec", "api")).ToArray();
        return new ApiRules(Parts(apis, "allowed"), Parts(apis, "denied"));
    }

    public bool Allows(ApiPart part) =>
        !_denied.Contains(part) && (_allowed.Contains(part) || _allowed.All(other => other.IsGrpc != part.IsGrpc));

    private static HashSet<ApiPart> Parts(IEnumerable<JsonNode?> apis, string list) => [.. apis.SelectMany(api => api.Items(list)).Select(rule =>
        new ApiPart(rule.Text("name") ?? "", ApiPart.Plain(rule.Text("version") ?? ""), rule.Text("protocol")?.ToLowerInvariant() is "grpc"))];
}

/// <summary>A part of the API as rules name it: <c>state</c>, <c>v1</c>, of one protocol.</summary>
internal sealed record ApiPart(string Name, string Version, bool IsGrpc)
{
    private static readonly (string Fragment, string Name)[] Rpcs =
    [
        ("Actor", "actors"), ("State", "state"), ("PublishEvent", "publish"), ("SubscribeTopicEvents", "subscribe"), ("Binding", "bindings"),
        ("Secret", "secrets"), ("Metadata", "metadata"), ("Configuration", "configuration"), ("TryLock", "lock"), ("Unlock", "unlock"),
        ("Subtle", "subtlecrypto"), ("Encrypt", "crypto"), ("Decrypt", "crypto"), ("Workflow", "workflows"), ("Job", "jobs"),
        ("Shutdown", "shutdown"), ("Converse", "conversation"), ("InvokeService", "invoke"),
    ];

    private static readonly (string Suffix, string Version)[] Previews = [("Alpha1", "v1alpha1"), ("Alpha2", "v1alpha2"), ("Beta1", "v1beta1")];

    /// <summary>Null for a path that is none of the API's.</summary>
    public static ApiPart? OfPath(string path) => path.Split('/', 4) is ["", ['v', '1', ..] version, { Length: > 0 } name, ..]
        ? new ApiPart(name, Plain(version), IsGrpc: false)
        : null;

    public static ApiPart OfRpc(string rpc) => new(
        Array.Find(Rpcs, one => rpc.Contains(one.Fragment, StringComparison.Ordinal)).Name ?? rpc,
        Array.Find(Previews, one => rpc.EndsWith(one.Suffix, StringComparison.Ordinal)).Version ?? "v1",
        IsGrpc: true);

    /// <summary>Both spellings of a version: <c>v1.0-alpha1</c> and <c>v1alpha1</c>.</summary>
    public static string Plain(string version) => version.Replace(".0", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
}
