using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Platform.Errors;
using Platform.Rest;
using static Platform.Languages.Wording;

namespace Platform.Validation;

/// <summary>Field masks of update requests (AIP-134).</summary>
public static class Masks
{
    private const string All = "*";

    private static readonly FieldMask.MergeOptions Replace = new() { ReplaceMessageFields = true, ReplaceRepeatedFields = true, ReplacePrimitiveFields = true };

    /// <summary>
    /// The current resource with the masked fields of the change. Without a mask every field that is set in the change is taken.
    /// Paths are written as the .proto or as JSON writes the fields; <c>*</c> is all of them. Unknown paths are refused. A path may
    /// name one key of custom fields; without a mask, each key that the change has is taken and the others stay.
    /// </summary>
    public static Result<T> Merge<T>(T current, T change, FieldMask? mask)
        where T : class, IMessage<T>, IDeepCloneable<T>
    {
        var (paths, keys, others) = (new FieldMask(), new List<(FieldDescriptor Map, string Key)>(), new List<FieldDescriptor>());
        foreach (var path in mask is { Paths.Count: > 0 } ? mask.Paths : SetFields(change))
        {
            if (FindKey(current.Descriptor, path) is { } key)
                keys.Add(key);
            else if (path == All)
                Take(current.Descriptor.Fields.InDeclarationOrder());
            else if (JsonFields.Find(current.Descriptor, path) is { } field)
                Take([field]);
            else if (Resolve(current.Descriptor, path) is { } resolved)
                paths.Paths.Add(resolved);
            else
                return Error.Invalid("updateMask", Say($"There is no field '{path}'."));
        }

        var merged = current.Clone();
        paths.Merge(change, merged, Replace);
        foreach (var (map, key) in keys)
            SetKey(map, key, change, merged);
        foreach (var other in others)
            Set(other, change, merged);
        return merged;

        // Protobuf's own merge takes a map for a list, and breaks; of an optional value that is absent it makes one that is zero.
        void Take(IEnumerable<FieldDescriptor> fields)
        {
            foreach (var field in fields)
            {
                if (field.IsMap || field is { HasPresence: true, FieldType: not FieldType.Message })
                    others.Add(field);
                else
                    paths.Paths.Add(field.Name);
            }
        }
    }

    private static void Set(FieldDescriptor field, IMessage change, IMessage merged)
    {
        if (!field.IsMap)
        {
            if (field.Accessor.HasValue(change))
                field.Accessor.SetValue(merged, field.Accessor.GetValue(change));
            else
                field.Accessor.Clear(merged);
            return;
        }

        var (from, to) = ((IDictionary)field.Accessor.GetValue(change), (IDictionary)field.Accessor.GetValue(merged));
        to.Clear();
        foreach (DictionaryEntry entry in from)
            to[entry.Key] = entry.Value;
    }

    /// <summary>Paths of what the change carries; of custom fields each key.</summary>
    internal static IEnumerable<string> SetFields(IMessage change) =>
        change.Descriptor.Fields.InDeclarationOrder().Where(field => IsSet(field, change)).SelectMany(field => IsMap(field)
            ? ((Struct)field.Accessor.GetValue(change)).Fields.Keys.Select(key => $"{field.Name}.{key}")
            : [field.Name]);

    private static bool IsMap(FieldDescriptor field) => field is { FieldType: FieldType.Message, IsRepeated: false } && field.MessageType == Struct.Descriptor;

    private static (FieldDescriptor Map, string Key)? FindKey(MessageDescriptor message, string path) =>
        path.Split('.', 2) is [var name, { Length: > 0 } key] && JsonFields.Find(message, name) is { } field && IsMap(field) ? (field, key) : null;

    // Null and nothing remove.
    private static void SetKey(FieldDescriptor map, string key, IMessage change, IMessage merged)
    {
        var values = (Struct?)map.Accessor.GetValue(merged) ?? new Struct();
        if (((Struct?)map.Accessor.GetValue(change))?.Fields.GetValueOrDefault(key) is { } value)
            values.Fields[key] = value;
        else
            values.Fields.Remove(key);
        map.Accessor.SetValue(merged, values);
    }

    /// <summary>The path in the names of the .proto; null where there is no such field.</summary>
    internal static string? Resolve(MessageDescriptor root, string path)
    {
        if (FindKey(root, path) is { } found)
            return $"{found.Map.Name}.{found.Key}";
        var (message, names) = ((MessageDescriptor?)root, new List<string>());
        foreach (var part in path.Split('.'))
        {
            if (message is null || JsonFields.Find(message, part) is not { } field)
                return null;
            names.Add(field.Name);
            message = field is { FieldType: FieldType.Message, IsRepeated: false } ? field.MessageType : null;
        }

        return string.Join('.', names);
    }

    /// <summary>Whether the change carries something at the path, in the names of the .proto; of a repeated field, anything at all.</summary>
    internal static bool IsSet(IMessage change, ReadOnlySpan<string> path)
    {
        if (change.Descriptor.FindFieldByName(path[0]) is not { } field || !IsSet(field, change))
            return false;
        if (path.Length == 1 || field.IsRepeated)
            return true;
        return field.Accessor.GetValue(change) is IMessage inner && (inner is Struct values ? values.Fields.ContainsKey(path[1]) : IsSet(inner, path[1..]));
    }

    private static bool IsSet(FieldDescriptor field, IMessage message) => field switch
    {
        { HasPresence: true } => field.Accessor.HasValue(message),
        { IsRepeated: true } => field.Accessor.GetValue(message) is System.Collections.ICollection { Count: > 0 },
        _ => field.Accessor.GetValue(message) switch
        {
            string text => text.Length > 0,
            bool flag => flag,
            var value => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) != 0,
        },
    };
}
