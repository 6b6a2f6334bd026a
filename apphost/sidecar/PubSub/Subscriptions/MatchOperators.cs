using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>What the operators and functions of an expression do with values: texts, numbers (all doubles), booleans, null, lists, JSON.</summary>
internal static class MatchOperators
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static object? And(object? left, object? right) =>
        left is false || right is false ? false : left is true && right is true ? true : Failed(left, right, "&&");

    public static object? Or(object? left, object? right) =>
        left is true || right is true ? true : left is false && right is false ? false : Failed(left, right, "||");

    public static object? Not(object? value) => value is bool truth ? !truth : Failed(value, value, "!");

    public static object? Compare(string comparison, object? left, object? right)
    {
        if (left is MatchFailure || right is MatchFailure)
            return Failed(left, right, comparison);
        if (comparison is "==" or "!=")
            return AreEqual(left, right) == (comparison == "==");
        var order = (left, right) switch
        {
            (double one, double other) => one.CompareTo(other),
            (string one, string other) => string.CompareOrdinal(one, other),
            _ => (int?)null,
        };
        return order is null ? Failed(left, right, comparison) : comparison switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    public static object? In(object? item, object? holder) => (item, holder) switch
    {
        (MatchFailure, _) or (_, MatchFailure) => Failed(item, holder, "in"),
        (_, object?[] list) => Array.Exists(list, one => AreEqual(one, item)),
        (_, JsonElement { ValueKind: JsonValueKind.Array } array) => array.EnumerateArray().Any(one => AreEqual(ValueOf(one), item)),
        (string name, JsonElement { ValueKind: JsonValueKind.Object } map) => map.TryGetProperty(name, out _),
        _ => Failed(item, holder, "in"),
    };

    public static object? Member(object? holder, object? key) => (holder, key) switch
    {
        (MatchFailure, _) => holder,
        (JsonElement { ValueKind: JsonValueKind.Object } map, string name) =>
            map.TryGetProperty(name, out var value) ? ValueOf(value) : new MatchFailure($"no such key: {name}"),
        (JsonElement { ValueKind: JsonValueKind.Array } array, double index) when index >= 0 && index < array.GetArrayLength() =>
            ValueOf(array[(int)index]),
        (object?[] list, double index) when index >= 0 && index < list.Length => list[(int)index],
        _ => new MatchFailure($"no such key: {key}"),
    };

    public static object? Size(object? value) => value switch
    {
        string text => (double)text.EnumerateRunes().Count(),
        object?[] list => (double)list.Length,
        JsonElement { ValueKind: JsonValueKind.Array } array => (double)array.GetArrayLength(),
        JsonElement { ValueKind: JsonValueKind.Object } map => (double)map.EnumerateObject().Count(),
        _ => Failed(value, value, "size"),
    };

    public static object? OnText(string function, object? text, object? argument) => text is not string subject || argument is not string other
        ? Failed(text, argument, function)
        : function switch
        {
            "startsWith" => subject.StartsWith(other, StringComparison.Ordinal),
            "endsWith" => subject.EndsWith(other, StringComparison.Ordinal),
            "contains" => subject.Contains(other, StringComparison.Ordinal),
            _ => Regex.IsMatch(subject, other, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Patience),
        };

    public static object? ValueOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        _ => element,
    };

    private static bool AreEqual(object? left, object? right) =>
        left is JsonElement one && right is JsonElement other ? JsonElement.DeepEquals(one, other) : Equals(left, right);

    private static MatchFailure Failed(object? left, object? right, string what) =>
        left as MatchFailure ?? right as MatchFailure ?? new MatchFailure($"no such overload: {what}");
}
