using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Platform.Common.V1;
using Platform.Errors;
using Platform.Monetary;

namespace Platform.Deals.Stages;

/// <summary>What a stage asks of a deal that comes into it.</summary>
internal static class EntryRequirements
{
    private const string OwnFields = "custom_fields.";

    /// <summary>Null where the deal has all that the stage asks for.</summary>
    /// <param name="place">Where it is to go.</param>
    /// <param name="deal">The deal as it would be there.</param>
    public static Error? Check(Place place, V1.Deal deal)
    {
        var missing = place.Stage.RequiredFields.Where(field => !IsSet(deal, field)).ToList();
        return missing.Count == 0 ? null : StageErrors.NeedsFields(place.Stage.Name, missing);
    }

    private static bool IsSet(V1.Deal deal, string field)
    {
        if (field.StartsWith(OwnFields, StringComparison.Ordinal))
            return deal.CustomFields?.Fields.GetValueOrDefault(field[OwnFields.Length..]) is { } value && IsSet(value);
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
