using Google.Protobuf.WellKnownTypes;
using Platform.Filtering.Parsing;
using Platform.CustomFields.V1;
using static Platform.Languages.Wording;

namespace Platform.CustomFields;

/// <summary>Keys of choices.</summary>
internal static class ChoiceValues
{
    private const int Named = 20;

    public static ReadValue One(Field field, Value value) =>
        value.KindCase == Value.KindOneofCase.StringValue && IsOffered(field, value.StringValue) ? value : Advice(field, value.StringValue);

    // In the order of the choices, each once, so that equal lists are equal texts.
    public static ReadValue Several(Field field, Value value, Value? stored)
    {
        if (value.KindCase != Value.KindOneofCase.ListValue)
            return "Use a list of choices: [\"a\", \"b\"].";
        var kept = stored?.ListValue?.Values.Select(item => item.StringValue).ToHashSet(StringComparer.Ordinal) ?? [];
        var keys = value.ListValue.Values.Select(item => item.StringValue).ToHashSet(StringComparer.Ordinal);
        if (keys.FirstOrDefault(key => !kept.Contains(key) && !IsOffered(field, key)) is { } unknown)
            return Advice(field, unknown);
        var ordered = field.Choices.Where(choice => keys.Contains(choice.Key)).Select(choice => choice.Key);
        return Value.ForList([.. ordered.Concat(keys.Where(key => field.Choices.All(choice => choice.Key != key)).Order(StringComparer.Ordinal)).Select(Value.ForString)]);
    }

    private static bool IsOffered(Field field, string key) => field.Choices.Any(choice => choice.Key == key && !choice.Deprecated);

    private static string Advice(Field field, string key)
    {
        var offered = field.Choices.Where(choice => !choice.Deprecated).Select(choice => choice.Key).ToList();
        return Say($"Use one of {string.Join(", ", offered.Take(Named))}{(offered.Count > Named ? ", …" : "")}.{FilterErrors.DidYouMean(key, offered)}");
    }
}
