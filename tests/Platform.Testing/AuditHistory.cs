using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Audit.V1;

namespace Platform.Testing;

/// <summary>What the audit log of a service tells, for tests.</summary>
public static class AuditHistory
{
    /// <summary>The permission that reading takes.</summary>
    public const string Permission = "audit.read";

    /// <summary>The entries about one record, in the order of the chain, once they are sealed.</summary>
    public static async Task<List<Entry>> HistoryAsync(this CallInvoker administrator, string resource, string id, int atLeast = 1)
    {
        var client = new AuditLogService.AuditLogServiceClient(administrator);
        var request = new ReadLogRequest { Filter = new EntryFilter { Resource = resource, ResourceId = id }, Limit = 1000 };
        List<Entry> entries = [];
        await Eventually.HoldsAsync(async () =>
        {
            entries = [.. (await client.ReadLogAsync(request)).Entries];
            return entries.Count >= atLeast && entries.TrueForAll(entry => entry.Sequence > 0);
        });
        return [.. entries.OrderBy(entry => entry.Sequence)];
    }

    /// <summary>What the entries say that the record is now; what is empty does not count. Null where they say that it is gone.</summary>
    public static Struct? Replay(IEnumerable<Entry> entries)
    {
        Struct? state = null;
        foreach (var entry in entries)
        {
            state = entry.After is null ? null : state ?? new Struct();
            foreach (var (field, value) in entry.After?.Fields ?? [])
                state!.Fields[field] = value;
        }

        return state is null ? null : WithoutEmpty(state);
    }

    /// <summary>The fields that hold something.</summary>
    public static Struct WithoutEmpty(Struct fields)
    {
        var full = new Struct();
        foreach (var (field, value) in fields.Fields.Where(field => !IsEmpty(field.Value)).OrderBy(field => field.Key, StringComparer.Ordinal))
            full.Fields.Add(field, value);
        return full;
    }

    private static bool IsEmpty(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.NullValue => true,
        Value.KindOneofCase.StringValue => value.StringValue.Length == 0,
        Value.KindOneofCase.ListValue => value.ListValue.Values.Count == 0,
        Value.KindOneofCase.StructValue => value.StructValue.Fields.Count == 0,
        _ => false,
    };
}
