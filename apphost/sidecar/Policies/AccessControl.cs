using System.Text.Json.Nodes;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Policies;

/// <summary>
/// Who may call which operations of an app: <c>spec.accessControl</c> of its Configuration. The caller's policy counts, within it the
/// first operation that matches, then its own default, then that of all.
/// </summary>
internal sealed class AccessControl
{
    private readonly bool _allowsByDefault;
    private readonly IReadOnlyList<CallerPolicy> _policies;

    private AccessControl(JsonNode spec)
    {
        _policies = [.. spec.Items("policies").Select(policy => new CallerPolicy(policy))];
        _allowsByDefault = IsAllow(spec.Text("defaultAction")) ?? _policies.Count == 0;
    }

    /// <returns>Null for an app that everybody may call.</returns>
    public static AccessControl? Of(IEnumerable<ResourceFile> configuration) =>
        configuration.Select(document => document.Document.At("spec", "accessControl")).LastOrDefault(spec => spec is not null) is { } spec
            ? new AccessControl(spec)
            : null;

    /// <param name="caller">Whose sidecar passes the call on.</param>
    /// <param name="path">The operation, unescaped, or the full method of a gRPC call.</param>
    /// <param name="verb">Null for a gRPC call, which has none.</param>
    public bool Allows(string caller, string ofNamespace, string path, string? verb)
    {
        var callerNamespace = ofNamespace.Length > 0 ? ofNamespace : "default";
        var policy = _policies.FirstOrDefault(policy => policy.AppId == caller && (policy.Namespace.Length == 0 || policy.Namespace == callerNamespace));
        return policy?.Allows(path, verb) ?? _allowsByDefault;
    }

    private static bool? IsAllow(string? action) => string.IsNullOrEmpty(action) ? null : action.Equals("allow", StringComparison.OrdinalIgnoreCase);

    private sealed class CallerPolicy(JsonNode policy)
    {
        private readonly bool? _allowsByDefault = IsAllow(policy.Text("defaultAction"));
        private readonly IReadOnlyList<Operation> _operations = [.. policy.Items("operations").Select(operation => new Operation(
            (operation.Text("name") ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries),
            operation.Texts("httpVerb"),
            IsAllow(operation.Text("action")) ?? false))];

        public string AppId { get; } = policy.Text("appId") ?? "";
        public string Namespace { get; } = policy.Text("namespace") ?? "";

        public bool? Allows(string path, string? verb)
        {
            var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            return _operations.FirstOrDefault(operation => operation.Matches(parts, verb))?.IsAllowed ?? _allowsByDefault;
        }
    }

    private sealed record Operation(string[] Parts, IReadOnlyList<string> Verbs, bool IsAllowed)
    {
        public bool Matches(string[] path, string? verb)
        {
            if (verb is not null && !Verbs.Contains("*") && !Verbs.Contains(verb, StringComparer.OrdinalIgnoreCase))
                return false;
            var open = Parts is [.., "*"];
            if (open ? path.Length < Parts.Length - 1 : path.Length != Parts.Length)
                return false;
            // The methods of gRPC know capitals, paths do not.
            var comparison = verb is null ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
            return !Parts.Where((part, i) => part != "*" && !part.Equals(path[i], comparison)).Any();
        }
    }
}
