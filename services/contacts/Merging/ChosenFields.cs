using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;

namespace Platform.Contacts.Merging;

/// <summary>The fields of a record that a merge decides on, and what the request chose for single ones.</summary>
internal sealed class ChosenFields
{
    private static readonly HashSet<string> Own = ["id", "etag", "score", "score_pending", "phone_e164", "consents", "create_time", "update_time"];

    private readonly Dictionary<string, V1.FieldChoice> _choices;
    private readonly V1.FieldChoice _otherwise;

    /// <summary>Takes valid choices; of two for one field the last counts.</summary>
    public ChosenFields(MessageDescriptor message, IEnumerable<V1.FieldChoice> choices, V1.SurvivorshipRule rule)
    {
        _choices = choices.GroupBy(choice => PathOf(message, choice.Field)!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        _otherwise = new V1.FieldChoice { Rule = rule };
    }

    /// <summary>The choices by their paths in the names of the .proto.</summary>
    public IReadOnlyDictionary<string, V1.FieldChoice> All => _choices;

    /// <summary>The fields that a merge decides on.</summary>
    public static IEnumerable<FieldDescriptor> Of(MessageDescriptor message) => message.Fields.InDeclarationOrder().Where(field => !Own.Contains(field.Name));

    /// <summary>The path in the names of the .proto, with a key inside of custom fields; null where a merge decides on no such field.</summary>
    public static string? PathOf(MessageDescriptor message, string name)
    {
        var parts = name.Split('.', 2);
        if (Of(message).FirstOrDefault(field => field.Name == parts[0] || field.JsonName == parts[0]) is not { } found)
            return null;
        return parts.Length == 1 ? found.Name : IsMap(found) && parts[1].Length > 0 ? $"{found.Name}.{parts[1]}" : null;
    }

    /// <summary>Whether it is the field of custom fields.</summary>
    public static bool IsMap(FieldDescriptor field) => field.FieldType == FieldType.Message && field.MessageType == Struct.Descriptor;

    /// <summary>The choice for a field.</summary>
    public V1.FieldChoice Of(string field) => _choices.GetValueOrDefault(field, _otherwise);

    /// <summary>The choice for one custom field.</summary>
    public V1.FieldChoice OfKey(string key) => _choices.GetValueOrDefault(ResourceInfo.CustomFieldsPrefix + key) ?? Of(ResourceInfo.CustomFields);
}
