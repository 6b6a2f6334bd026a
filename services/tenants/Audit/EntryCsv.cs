using Google.Protobuf;
using Platform.Audit.V1;
using Platform.Exporting;

namespace Platform.Tenants.Audit;

/// <summary>An entry as a line of CSV (RFC 4180).</summary>
internal static class EntryCsv
{
    public const string Header =
        "time,service,resource,resource_id,action,actor_kind,actor,on_behalf_of,operation,trace_id,client_address,before,after,sequence,hash,id\r\n";

    public static string Line(Entry entry) => string.Join(',', Fields(entry).Select(Csv.Text)) + Csv.LineEnd;

    private static IEnumerable<string> Fields(Entry entry) =>
    [
        entry.Time.ToDateTimeOffset().ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        entry.Service,
        entry.Resource,
        entry.ResourceId,
        entry.Action,
        entry.ActorKind.ToString(),
        entry.Actor,
        entry.OnBehalfOf,
        entry.Operation,
        entry.TraceId,
        entry.ClientAddress,
        entry.Before is null ? "" : JsonFormatter.Default.Format(entry.Before),
        entry.After is null ? "" : JsonFormatter.Default.Format(entry.After),
        entry.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture),
        entry.Hash,
        entry.Id,
    ];
}
