using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using static Platform.Languages.Wording;

namespace Platform.CustomFields;

/// <summary>A field that a company defined, ready to check values.</summary>
public sealed class DefinedField
{
    /// <summary>How long a pattern may take with one value before the value counts as not fitting.</summary>
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(200);

    private readonly Regex? _pattern;

    /// <summary>Compiles a valid definition.</summary>
    public DefinedField(Field definition)
    {
        Definition = definition;
        _pattern = definition.Pattern.Length == 0 ? null : PatternOf(definition.Pattern);
    }

    /// <summary>What the company said.</summary>
    public Field Definition { get; }

    /// <summary>Its name in custom_fields.</summary>
    public string Key => Definition.Key;

    /// <summary>The key under which its values are stored: of a formula another one whenever the formula is.</summary>
    internal string StoredKey { get => field ?? Key; init; }

    /// <summary>Whether its values are kept beside the record: those of roll-ups, and of formulas that read some.</summary>
    internal bool IsBeside { get; init; }

    /// <summary>What its values are.</summary>
    public FieldType Type => Definition.Type;

    /// <summary>Whether rows of values are kept beside the records.</summary>
    public bool IsIndexed => Definition.Unique || Definition.Searchable;

    /// <summary>A pattern that takes time linear in the text, whatever it says.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It uses look-around or back-references.</exception>
    public static Regex PatternOf(string pattern) =>
        new($"\\A(?:{pattern})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternTime);

    /// <summary>The value as it is stored; null with a message where it does not fit.</summary>
    /// <param name="value">As it was sent; neither null nor empty.</param>
    /// <param name="stored">What the record has, which stays good whatever has become of its choice; null where there is nothing.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public Value? Read(Value value, Value? stored, out string message)
    {
        message = "";
        if (value.Equals(stored))
            return value;
        var read = FieldValues.Read(Definition, value, stored);
        message = read.Fault ?? (read.Value is { } fitting && _pattern is not null && !_pattern.IsMatch(fitting.StringValue) ? Say($"Use a text that fits the pattern {Definition.Pattern}") : "");
        return message.Length == 0 ? read.Value : null;
    }

    /// <summary>Whether it says nothing: null, or an empty text or list.</summary>
    public static bool IsEmpty(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.None or Value.KindOneofCase.NullValue => true,
        Value.KindOneofCase.StringValue => string.IsNullOrWhiteSpace(value.StringValue),
        Value.KindOneofCase.ListValue => value.ListValue.Values.Count == 0,
        _ => false,
    };
}
