using Google.Protobuf.WellKnownTypes;
using static Platform.Languages.Wording;

namespace Platform.CustomFields.Relations;

/// <summary>Values that lead to records: an id, or a list of them.</summary>
public static class RelationValues
{
    /// <summary>How many records one field leads to.</summary>
    public const int Most = 100;

    /// <summary>The ids that a field holds.</summary>
    public static IEnumerable<Guid> Of(Struct? values, string key) =>
        values?.Fields.TryGetValue(key, out var value) is not true ? []
        : value.KindCase == Value.KindOneofCase.ListValue ? value.ListValue.Values.Select(item => Guid.TryParse(item.StringValue, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)
        : Guid.TryParse(value.StringValue, out var one) ? [one] : [];

    /// <summary>A list as it is stored: in the order of the ids, so that equal lists are equal texts.</summary>
    public static Value ListOf(IEnumerable<Guid> ids) => Value.ForList([.. ids.Distinct().Select(id => id.ToString()).Order(StringComparer.Ordinal).Select(Value.ForString)]);

    internal static ReadValue Several(Value value)
    {
        if (value.KindCase != Value.KindOneofCase.ListValue || !value.ListValue.Values.All(item => Guid.TryParseExact(item.StringValue, "D", out _)))
            return "Use a list of ids of resources (UUIDs).";
        var ids = ListOf(value.ListValue.Values.Select(item => Guid.ParseExact(item.StringValue, "D")));
        return ids.ListValue.Values.Count > Most ? Say($"Use at most {Most} records.") : ids;
    }
}
