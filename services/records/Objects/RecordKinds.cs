using System.Collections.Concurrent;
using System.Linq.Expressions;
using Platform.Access;

namespace Platform.Records.Objects;

/// <summary>Which of an object's records are meant.</summary>
internal enum RecordState
{
    InUse,
    Deleted,
    Any,
}

/// <summary>Each object as a kind of record of its own; made once, shared by the companies that have one of that key.</summary>
internal static class RecordKinds
{
    private const int MaxKnown = 20_000;

    private static readonly ConcurrentDictionary<(string Key, RecordState State), ProtectedResource<Record>> Known = new();

    public static ProtectedResource<Record> Of(string key, RecordState state = RecordState.InUse)
    {
        if (Known.TryGetValue((key, state), out var kind))
            return kind;
        if (Known.Count >= MaxKnown)
            Known.Clear();
        var name = ResourceCatalogue.ObjectPrefix + key;
        return Known.GetOrAdd((key, state), new ProtectedResource<Record>(name, RecordFields.SchemaOf(name)) { Rows = RowsOf(key, state) });
    }

    /// <summary>The kind of a resource's name; null for the name of no object.</summary>
    public static ProtectedResource<Record>? Find(string resource) =>
        resource.StartsWith(ResourceCatalogue.ObjectPrefix, StringComparison.Ordinal) && resource[ResourceCatalogue.ObjectPrefix.Length..] is var key && ResourceCatalogue.IsObjectKey(key) ? Of(key) : null;

    private static Expression<Func<Record, bool>> RowsOf(string key, RecordState state) => state switch
    {
        RecordState.InUse => row => row.ObjectKey == key && row.DeleteTime == null,
        RecordState.Deleted => row => row.ObjectKey == key && row.DeleteTime != null,
        _ => row => row.ObjectKey == key,
    };
}
