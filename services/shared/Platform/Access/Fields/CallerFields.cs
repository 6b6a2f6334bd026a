using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Platform.Errors;
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

    /// <summary>Refuses a caller who is restricted in some field of these kinds, where a call writes whatever fields a file has.</summary>
    public static Error? CheckBulkWrite(this Caller caller, params ResourceInfo[] resources)
    {
        var restricted = resources.SelectMany(resource => caller.Access?.FieldsOf(resource.Name).Restricted ?? []).Select(field => field.Path).Distinct().ToList();
        return restricted.Count > 0 ? AccessErrors.FieldNotWritable(restricted) : null;
    }

    /// <summary>Puts what the caller may not write from the stored record into one that replaces it as a whole: leaving it out keeps it.</summary>
    public static void KeepRestricted<T>(this Caller caller, ResourceInfo resource, T stored, T change)
        where T : IMessage<T>
    {
        var restricted = caller.Access?.FieldsOf(resource.Name).Restricted ?? [];
        foreach (var name in restricted.Select(field => field.Segments[0]).Distinct())
        {
            if (change.Descriptor.FindFieldByName(name) is not { IsMap: false } field)
                continue;
            var value = field.Accessor.GetValue(stored);
            if (value is Struct && restricted.Where(found => found.Segments[0] == name).All(found => found.Segments.Length > 1))
            {
                KeepKeys(field, restricted.Where(found => found.Segments[0] == name).Select(found => found.Segments[1]), stored, change);
                continue;
            }

            if (value is IList kept && field.Accessor.GetValue(change) is IList list)
                Replace(list, kept);
            else if (value is not null)
                field.Accessor.SetValue(change, value);
        }
    }

    // Of custom fields each has rules of its own.
    private static void KeepKeys(FieldDescriptor field, IEnumerable<string> keys, IMessage stored, IMessage change)
    {
        var (kept, values) = ((Struct)field.Accessor.GetValue(stored), ((Struct?)field.Accessor.GetValue(change))?.Clone() ?? new Struct());
        foreach (var key in keys)
        {
            values.Fields.Remove(key);
            if (kept.Fields.TryGetValue(key, out var value))
                values.Fields[key] = value;
        }

        field.Accessor.SetValue(change, values);
    }

    private static void Replace(IList list, IList kept)
    {
        list.Clear();
        foreach (var item in kept)
            list.Add(item);
    }
}
