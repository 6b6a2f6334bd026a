namespace Platform.Filtering.Parsing;

/// <summary>A part of an expression; the position is that of its first character, from 0.</summary>
internal abstract record Node(int Position);

internal sealed record AllOf(IReadOnlyList<Node> Items, int Position) : Node(Position);

internal sealed record AnyOf(IReadOnlyList<Node> Items, int Position) : Node(Position);

internal sealed record Negation(Node Inner, int Position) : Node(Position);

/// <summary>One comparison; a field that stands alone is compared with <c>true</c>.</summary>
internal sealed record Restriction(FieldPath Field, Comparator Comparator, Argument Argument, int Position) : Node(Position);

/// <summary>A field's name, and the names below it: <c>custom_fields.color</c>.</summary>
internal sealed record FieldPath(IReadOnlyList<string> Parts, int Position)
{
    public string First => Parts[0];

    public string Text => string.Join('.', Parts);
}

internal enum Comparator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Has,
}

/// <summary>What stands on the right of a comparison.</summary>
internal abstract record Argument(int Position);

/// <summary>A word or a quoted text.</summary>
/// <param name="Value">The text, escapes resolved.</param>
/// <param name="Segments">The same, split at the asterisks that are wildcards.</param>
/// <param name="IsQuoted">Quoted text is never a number, a variable or null.</param>
/// <param name="Position">Where it begins.</param>
internal sealed record Literal(string Value, IReadOnlyList<string> Segments, bool IsQuoted, int Position) : Argument(Position)
{
    public bool IsWildcard => Segments is ["", ""];

    public bool IsNull => !IsQuoted && Value == "null";
}

/// <summary>A function: <c>startOfWeek(-1)</c>.</summary>
internal sealed record Call(string Name, IReadOnlyList<Literal> Arguments, int Position) : Argument(Position);
