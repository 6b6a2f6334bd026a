using System.Reflection;
using Google.Protobuf.Reflection;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Values;

/// <summary>Values out of a few.</summary>
internal static class Choices
{
    public static ValueReader<bool> Boolean { get; } = new()
    {
        Parse = literal => literal.IsQuoted ? null : literal.Value switch { "true" => _ => true, "false" => _ => false, _ => null },
        Advice = _ => "Use true or false.",
    };

    /// <summary>Values of a proto enum, by the names of proto and JSON.</summary>
    public static ValueReader<TEnum> Enum<TEnum>()
        where TEnum : struct, Enum
    {
        var names = NamesOf<TEnum>();
        return new ValueReader<TEnum>
        {
            Parse = literal => names.TryGetValue(literal.Value, out var value) ? _ => value : null,
            Advice = literal => Say($"Use one of {string.Join(", ", names.Keys)}.{Parsing.FilterErrors.DidYouMean(literal.Value, names.Keys)}"),
        };
    }

    private static Dictionary<string, TEnum> NamesOf<TEnum>()
        where TEnum : struct, Enum => typeof(TEnum)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(field => field.GetCustomAttribute<OriginalNameAttribute>()?.Name ?? field.Name, field => (TEnum)field.GetValue(null)!, StringComparer.Ordinal);
}
