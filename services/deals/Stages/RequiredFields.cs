using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Common.V1;
using Platform.Monetary;

namespace Platform.Deals.Stages;

/// <summary>Fields that a stage asks for.</summary>
internal static class RequiredFields
{
    /// <summary>Those of them that the deal does not have.</summary>
    public static IReadOnlyList<string> Missing(IEnumerable<string> fields, V1.Deal deal) => [.. fields.Where(field => !IsSet(deal, field))];

    private static bool IsSet(V1.Deal deal, string field)
    {
        if (field.StartsWith(ResourceInfo.CustomFieldsPrefix, StringComparison.Ordinal))
            return deal.CustomFields?.Fields.GetValueOrDefault(field[ResourceInfo.CustomFieldsPrefix.Length..]) is { } value && IsSet(value);
        // A field that this version does not have asks for nothing.
        return V1.Deal.Descriptor.FindFieldByName(field) is not { } known || IsSet(known.Accessor.GetValue(deal), known);
    }

    private static bool IsSet(object? value, FieldDescriptor field) => value switch
    {
        null => false,
        string text => text.Length > 0,
        Money money => money.ToDecimal() != 0,
        System.Collections.ICollection list => list.Count > 0,
        IMessage => true,
        _ => !field.HasPresence || value is not 0,
    };

    private static bool IsSet(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.NullValue or Value.KindOneofCase.None => false,
        Value.KindOneofCase.StringValue => value.StringValue.Length > 0,
        Value.KindOneofCase.ListValue => value.ListValue.Values.Count > 0,
        _ => true,
    };
}
