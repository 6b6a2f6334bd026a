using System.Collections;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Errors;
using Platform.Filtering;
using Platform.Tenancy;

namespace Platform.Access.Fields;

/// <summary>Field rules where a handler has to know of them.</summary>
public static class CallerFields
{
    /// <summary>Whether the caller sees the field as it is, and so may search in it.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="resource">The kind of record.</param>
    /// <param name="path">In the names of the .proto.</param>
    public static bool CanRead(this Caller caller, ResourceInfo resource, string path) => caller.Access?.FieldsOf(resource.Name).IsReadable(path) ?? true;

    /// <summary>Refuses a caller who does not see these fields as they are, where a call arranges records by them whatever it says.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="resource">The kind of record.</param>
    /// <param name="paths">In the names of the .proto.</param>
    public static Error? CheckArrangement(this Caller caller, ResourceInfo resource, params string[] paths) =>
        paths.Where(path => !caller.CanRead(resource, path)).ToList() is { Count: > 0 } unreadable ? AccessErrors.FieldNotReadable(unreadable) : null;

    /// <summary>Refuses a caller who does not see the fields of an expression as they are, where records are counted and not listed: a number tells as much.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="resource">The kind of record.</param>
    /// <param name="filter">The expression; what it cannot be read as is said elsewhere.</param>
    /// <param name="orderBy">The order, where records of one kind of several are listed: see <see cref="NarrowedByHandlerAttribute"/>.</param>
    public static Error? CheckNarrowing(this Caller caller, ProtectedResource resource, string filter, string orderBy = "")
    {
        var rules = caller.Access?.FieldsOf(resource.Info.Name) ?? FieldRules.None;
        var (narrowed, order) = (resource.FieldsOf(filter, caller.CustomFields) ?? new HashSet<string>(), OrderBy.Parse(orderBy));
        return narrowed.Concat(order.IsError ? [] : order.Value.Fields.SelectMany(resource.SortedBy)).Where(field => !rules.MayNarrowBy(field)).Distinct().ToList() is { Count: > 0 } unreadable
            ? AccessErrors.FieldNotReadable(unreadable)
            : null;
    }

    /// <summary>That fields are hidden from the caller by which the records of the answer were chosen.</summary>
    /// <param name="paths">In the names of the .proto.</param>
    public static Error NotReadable(IReadOnlyList<string> paths) => AccessErrors.FieldNotReadable(paths);

    /// <summary>Refuses a caller who may not change, or does not see, these fields, where a call writes them whatever it says.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="resource">The kind of record.</param>
    /// <param name="paths">In the names of the .proto.</param>
    public static Error? CheckWritable(this Caller caller, ResourceInfo resource, params string[] paths) =>
        paths.Where(path => caller.Access?.FieldsOf(resource.Name).IsWritable(path) is false).ToList() is { Count: > 0 } unwritable ? AccessErrors.FieldNotWritable(unwritable) : null;

    /// <summary>Paths of the fields of a kind that the caller does not see as they are, in the names of the .proto.</summary>
    public static IEnumerable<string> HiddenFrom(this Caller caller, ResourceInfo resource) => caller.Access?.FieldsOf(resource.Name).Unreadable.Select(field => field.Path) ?? [];

    /// <summary>
    /// Refuses a caller who is restricted in some field of these kinds, where a call writes whatever fields a file has. Confidential
    /// fields are not meant: they are none of the fields that such a caller's file may have. Neither are those that nobody writes.
    /// </summary>
    public static Error? CheckBulkWrite(this Caller caller, params ResourceInfo[] resources)
    {
        var restricted = resources.SelectMany(resource => caller.Access?.FieldsOf(resource.Name).Restricted ?? []).Where(field => field is { IsConfidential: false, IsDerived: false }).Select(field => field.Path).Distinct().ToList();
        return restricted.Count > 0 ? AccessErrors.FieldNotWritable(restricted) : null;
    }

    /// <summary>Puts what the caller may not write from the stored record into one that replaces it as a whole: leaving it out keeps it.</summary>
    public static void KeepRestricted<T>(this Caller caller, ResourceInfo resource, T stored, T change)
        where T : IMessage<T>
    {
        foreach (var field in (caller.Access?.FieldsOf(resource.Name).Restricted ?? []).Where(field => !field.IsDerived))
            Keep(stored, change, field.Segments);
    }

    private static void Keep(IMessage stored, IMessage change, ReadOnlySpan<string> path)
    {
        if (change.Descriptor.FindFieldByName(path[0]) is not { IsMap: false } field)
            return;
        var (kept, sent) = (field.Accessor.GetValue(stored), field.Accessor.GetValue(change));
        if (kept is IList from && sent is IList to)
            Replace(to, from);
        else if (path.Length > 1 && kept is IMessage inner && sent is IMessage into)
            KeepInside(inner, into, path[1..]);
        else if (kept is null)
            field.Accessor.Clear(change);
        else
            field.Accessor.SetValue(change, kept);
    }

    private static void KeepInside(IMessage stored, IMessage change, ReadOnlySpan<string> path)
    {
        if (stored is not Struct kept || change is not Struct sent)
            Keep(stored, change, path);
        else if (kept.Fields.TryGetValue(path[0], out var value))
            sent.Fields[path[0]] = value;
        else
            sent.Fields.Remove(path[0]);
    }

    private static void Replace(IList list, IList kept)
    {
        list.Clear();
        foreach (var item in kept)
            list.Add(item);
    }
}
