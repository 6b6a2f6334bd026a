using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Access.Fields;
using Platform.Auditing;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Tenancy;
using Platform.Tenants.V1;

namespace Platform.Records.Timeline;

/// <summary>What an entry of the log says of a record, as far as the caller may see its fields now.</summary>
internal sealed class RecordChanges(string resource, Caller caller)
{
    private const int LongestText = 1_000;
    private const string CustomFields = "customFields";
    private const string DeleteTime = "deleteTime";

    private static readonly (string Logged, string Path)[] Own = [("number", "number"), ("name", "name"), ("ownerId", "owner_id")];

    private readonly ResourceFields? _fields = caller.CustomFields?.Of(resource);
    private readonly FieldRules _rules = caller.Access?.FieldsOf(resource) ?? FieldRules.None;

    /// <summary>The entry; null where nothing that the caller may see happened to the record.</summary>
    public V1.TimelineEntry? Of(HistoryEntry entry)
    {
        if (Notes.IsAbout(entry.Action) || KindOf(entry) is not { } kind)
            return null;
        var told = entry.ToEntry(kind);
        if (kind is V1.TimelineKind.Created or V1.TimelineKind.Changed)
            told.Changes.AddRange(Changes(entry));
        return kind == V1.TimelineKind.Changed && told.Changes.Count == 0 ? null : told;
    }

    private static V1.TimelineKind? KindOf(HistoryEntry entry)
    {
        if (entry.After is null)
            return null;
        if (entry.Before is null)
            return V1.TimelineKind.Created;
        if (!entry.After.Fields.TryGetValue(DeleteTime, out var deleted))
            return V1.TimelineKind.Changed;
        return deleted.KindCase == Value.KindOneofCase.NullValue ? V1.TimelineKind.Restored : V1.TimelineKind.Deleted;
    }

    private IEnumerable<V1.TimelineChange> Changes(HistoryEntry entry)
    {
        foreach (var (logged, path) in Own)
        {
            if (Change(path, ValueOf(entry.Before, logged), ValueOf(entry.After, logged)) is { } change)
                yield return change;
        }

        var (before, after) = (ValueOf(entry.Before, CustomFields)?.StructValue, ValueOf(entry.After, CustomFields)?.StructValue);
        foreach (var field in _fields?.All.OrderBy(field => field.Key, StringComparer.Ordinal) ?? Enumerable.Empty<DefinedField>())
        {
            var isConcealed = field.Type == FieldType.Confidential;
            if (Change(ResourceInfo.CustomFieldsPrefix + field.Key, ValueOf(before, field.Key), ValueOf(after, field.Key), isConcealed) is { } change)
                yield return change;
        }
    }

    // Of what is confidential the log has no values, whoever asks.
    private V1.TimelineChange? Change(string path, Value? from, Value? to, bool isConcealed = false)
    {
        var access = _rules.AccessTo(path);
        if (access == FieldAccess.Hidden || Equals(from, to))
            return null;
        return isConcealed || access == FieldAccess.Masked
            ? new V1.TimelineChange { Field = path, Masked = true }
            : new V1.TimelineChange { Field = path, From = Cut(from), To = Cut(to) };
    }

    // What is empty was not there.
    private static Value? ValueOf(Struct? fields, string name) => fields is not null && fields.Fields.TryGetValue(name, out var value) && !DefinedField.IsEmpty(value) ? value : null;

    private static Value? Cut(Value? value) => value is { StringValue.Length: > LongestText }
        ? Value.ForString($"{value.StringValue[..(LongestText - (char.IsHighSurrogate(value.StringValue[LongestText - 1]) ? 1 : 0))]}…")
        : value;
}
