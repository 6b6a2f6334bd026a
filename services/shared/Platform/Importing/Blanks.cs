using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Platform.Importing;

/// <summary>Fills what is empty and leaves what is not: how conversions and imports meet data that is there already.</summary>
public static class Blanks
{
    /// <summary>Copies each field that only the source has; an address counts as one field. True when something was copied.</summary>
    public static bool Fill<T>(T target, T source)
        where T : IMessage<T>
    {
        var changed = false;
        foreach (var field in target.Descriptor.Fields.InDeclarationOrder())
        {
            if (!IsSet(field, source))
                continue;
            if (!IsSet(field, target) && field.IsRepeated)
                AddAll(field.Accessor.GetValue(source), field.Accessor.GetValue(target));
            else if (!IsSet(field, target))
                field.Accessor.SetValue(target, field.Accessor.GetValue(source));
            else if (field.Accessor.GetValue(target) is not Struct existing || !FillKeys(existing, (Struct)field.Accessor.GetValue(source)))
                continue;
            changed = true;
        }

        return changed;
    }

    private static void AddAll(object source, object target)
    {
        foreach (var item in (IList)source)
            ((IList)target).Add(item);
    }

    private static bool FillKeys(Struct target, Struct source)
    {
        var before = target.Fields.Count;
        foreach (var (key, value) in source.Fields)
            target.Fields.TryAdd(key, value);
        return target.Fields.Count > before;
    }

    /// <summary>Whether the message has anything in the field.</summary>
    public static bool IsSet(FieldDescriptor field, IMessage message) => field.Accessor.GetValue(message) switch
    {
        null => false,
        string text => text.Length > 0,
        Struct { Fields.Count: 0 } => false,
        ICollection { Count: 0 } => false,
        IMessage value => value.CalculateSize() > 0,
        System.Enum value => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) != 0,
        _ => true,
    };
}
