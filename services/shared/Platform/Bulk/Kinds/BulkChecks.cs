using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Access.Fields;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Exporting;
using Platform.Tenancy;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Bulk;

/// <summary>What is asked once, when a job begins, of what it is to write: what would be refused for every record is refused at once.</summary>
internal static class BulkChecks
{
    private const int MostTags = 50;

    public static Error? FindFault(BulkOrder order, V1.BulkOperation operation, BulkKind kind, IReadOnlyList<ExportColumn> columns, Caller caller) => operation switch
    {
        V1.BulkOperation.Update => OfUpdate(order.Change!, order.Mask, kind, caller),
        V1.BulkOperation.Assign => caller.CheckWritable(kind.Resource.Info, "owner_id"),
        V1.BulkOperation.AddTags => OfTags(order.AddTags!, "addTags", isToAdd: true, kind.Resource.Info, caller),
        V1.BulkOperation.RemoveTags => OfTags(order.RemoveTags!, "removeTags", isToAdd: false, kind.Resource.Info, caller),
        V1.BulkOperation.Export => OfExport(order.Export!, columns),
        _ => null,
    };

    /// <summary>The permission without which no record is treated like that.</summary>
    public static string PermissionFor(V1.BulkOperation operation, ResourceInfo resource) => resource.PermissionFor(operation switch
    {
        V1.BulkOperation.Export => AccessAction.Export,
        V1.BulkOperation.Delete => AccessAction.Delete,
        _ => AccessAction.Update,
    });

    private static Error? OfUpdate(IMessage change, FieldMask? mask, BulkKind kind, Caller caller)
    {
        var resource = kind.Resource.Info;
        var paths = mask is { Paths.Count: > 0 } ? mask.Paths : [.. Masks.SetFields(change)];
        if (paths.Count == 0)
            return Error.Invalid("update", "Send the record with the fields that are to be written.");
        // A whole record for many would be the same record many times.
        if (paths.FirstOrDefault(path => path == "*" || Masks.Resolve(resource.Message, path) is null) is { } unknown)
            return Error.Invalid("update.updateMask", Say($"There is no field '{unknown}'."));
        var named = paths.Select(path => Masks.Resolve(resource.Message, path)!).ToList();
        if (named.Select(path => path.Split('.')[0]).FirstOrDefault(kind.IsAlone) is { } alone)
            return Error.Invalid("update.updateMask", Say($"'{alone}' is written one record at a time."));
        var restricted = (caller.Access?.FieldsOf(resource.Name).Restricted ?? []).Where(field => !field.IsDerived && named.Exists(path => Touches(path, field.Path))).Select(field => field.Path).ToList();
        return restricted.Count > 0 ? AccessErrors.FieldNotWritable(restricted) : null;
    }

    private static Error? OfTags(V1.BulkTags tags, string place, bool isToAdd, ResourceInfo resource, Caller caller)
    {
        var key = tags.Field.StartsWith($"{ResourceInfo.CustomFields}.", StringComparison.Ordinal) ? tags.Field[(ResourceInfo.CustomFields.Length + 1)..] : "";
        if (caller.CustomFields?.Of(resource.Name).Find(key) is not { Type: FieldType.MultipleChoice } field)
            return Error.Invalid($"{place}.field", "Name a custom field of several choices, such as custom_fields.tags.");
        if (tags.Values.Count is 0 or > MostTags)
            return Error.Invalid($"{place}.values", Say($"Name 1 to {MostTags} choices."));
        if (isToAdd && field.Read(Value.ForList([.. tags.Values.Select(Value.ForString)]), null, out var fault) is null)
            return Error.Invalid($"{place}.values", fault);
        return caller.CheckWritable(resource, tags.Field);
    }

    private static Error? OfExport(V1.BulkExport export, IReadOnlyList<ExportColumn> columns)
    {
        if (!ExportFiles.IsKnown(export.Format))
            return Error.Invalid("export.format", "Use csv, xlsx or ndjson, or leave it out for csv.");
        if (!ExportFiles.HasColumns(export.Format) && export.Columns.Count > 0)
            return Error.Invalid("export.columns", "NDJSON has whole records: leave the columns out.");
        var known = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return export.Columns.Index().Where(column => !known.Contains(column.Item)).Select(column => new FieldViolation($"export.columns[{column.Index}]", Say($"There is no field '{column.Item}'."))).ToList() is { Count: > 0 } unknown
            ? Error.Invalid(unknown) : null;
    }

    private static bool Touches(string path, string restricted) =>
        path == restricted || restricted.StartsWith($"{path}.", StringComparison.Ordinal) || path.StartsWith($"{restricted}.", StringComparison.Ordinal);
}
