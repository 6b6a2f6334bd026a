using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Platform.Contacts.Merging;

/// <summary>Putting a value of one record into another one.</summary>
internal static class FieldValues
{
    /// <summary>A copy of the value; null for none.</summary>
    public static void Put(this FieldDescriptor field, IMessage target, object? value)
    {
        if (field.IsRepeated)
            Replace((IList)field.Accessor.GetValue(target), [.. ((IList)value!).Cast<object>().Select(Copy)]);
        else if (value is null)
            field.Accessor.Clear(target);
        else
            field.Accessor.SetValue(target, Copy(value));
    }

    private static void Replace(IList list, List<object> items)
    {
        list.Clear();
        foreach (var item in items)
            list.Add(item);
    }

    private static object Copy(object value) => value is IMessage message ? message.Descriptor.Parser.ParseFrom(message.ToByteArray()) : value;
}
