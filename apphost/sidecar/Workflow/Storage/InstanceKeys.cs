using System.Globalization;

namespace Platform.Sidecar.Workflow.Storage;

/// <summary>
/// The rows of an app's instances, named as daprd names them, and one row of our own for each instance that is not finished, so that
/// a start finds the open ones without reading the finished ones.
/// </summary>
internal sealed class InstanceKeys(string appId, string space)
{
    private readonly string _prefix = $"{appId}||dapr.internal.{space}.{appId}.workflow||";
    private readonly string _openPrefix = $"{appId}||dapr.internal.{space}.{appId}.workflow.open||";

    public string Metadata(string id) => $"{_prefix}{id}||metadata";

    public string CustomStatus(string id) => $"{_prefix}{id}||customStatus";

    public string Propagated(string id) => $"{_prefix}{id}||propagated-history";

    public string History(string id, int index) => Row(id, "history-", index);

    public string Inbox(string id, int index) => Row(id, "inbox-", index);

    public string Open(string id) => $"{_openPrefix}{id}";

    public string OpenPattern => Escape(_openPrefix) + "%";

    public string MetadataPattern => Escape(_prefix) + "%||metadata";

    public string IdOfOpen(string key) => key[_openPrefix.Length..];

    public string IdOfMetadata(string key) => key[_prefix.Length..^"||metadata".Length];

    private string Row(string id, string kind, int index) => $"{_prefix}{id}||{kind}{index.ToString("D6", CultureInfo.InvariantCulture)}";

    private static string Escape(string literal) => literal
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
