using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Isolation.Tests.Contracts;

/// <summary>A place in a message where a text stands or could stand, in a list or a nested message too.</summary>
/// <param name="Owner">The message that has the field.</param>
/// <param name="Field">The field.</param>
/// <param name="Index">The place in a list; null for a single value.</param>
/// <param name="Path">As the errors name it: <c>deal.lineItems[0].id</c>.</param>
internal sealed record Leaf(IMessage Owner, FieldDescriptor Field, int? Index, string Path)
{
    public string Value
    {
        get => (string)(Index is { } index ? ((IList)Field.Accessor.GetValue(Owner))[index]! : Field.Accessor.GetValue(Owner));
        set
        {
            if (Index is { } index)
                ((IList)Field.Accessor.GetValue(Owner))[index] = value;
            else
                Field.Accessor.SetValue(Owner, value);
        }
    }

    /// <summary>Whether ids of resources stand there.</summary>
    public bool IsId => !IsCursor && (Field.Name == "id" || Field.Name.EndsWith("_id", StringComparison.Ordinal));

    /// <summary>Whether a place in a list stands there: another one gives another part of the caller's own list.</summary>
    public bool IsCursor => Field.Name is "page_token" or "before_id" or "after_id";

    /// <summary>All texts of a message, also those that are empty, as deep as its messages are set.</summary>
    public static IEnumerable<Leaf> Of(IMessage message, string prefix = "")
    {
        if (message is Struct or FieldMask or Timestamp)
            yield break;
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var path = prefix.Length == 0 ? field.JsonName : $"{prefix}.{field.JsonName}";
            if (field.IsMap)
                continue;
            foreach (var leaf in field.IsRepeated ? InList(message, field, path) : InField(message, field, path))
                yield return leaf;
        }
    }

    private static IEnumerable<Leaf> InField(IMessage message, FieldDescriptor field, string path) => field.FieldType switch
    {
        FieldType.String => [new Leaf(message, field, null, path)],
        FieldType.Message when field.Accessor.GetValue(message) is IMessage nested => Of(nested, path),
        _ => [],
    };

    private static IEnumerable<Leaf> InList(IMessage message, FieldDescriptor field, string path)
    {
        var list = (IList)field.Accessor.GetValue(message);
        for (var i = 0; i < list.Count; i++)
        {
            var at = $"{path}[{i}]";
            IEnumerable<Leaf> inside = list[i] switch
            {
                string => [new Leaf(message, field, i, at)],
                IMessage nested => Of(nested, at),
                _ => [],
            };
            foreach (var leaf in inside)
                yield return leaf;
        }
    }
}
