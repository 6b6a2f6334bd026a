namespace Platform.Filtering.Parsing;

internal enum TokenKind
{
    /// <summary>A word without quotes.</summary>
    Word,
    Quoted,
    Dot,
    Comma,
    Open,
    Close,
    Minus,
    Comparator,

    /// <summary>In formulas: <c>+ * /</c>.</summary>
    Operator,
    End,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">As it is meant: escapes resolved.</param>
/// <param name="Position">Of its first character.</param>
/// <param name="End">Behind its last character.</param>
internal sealed record Token(TokenKind Kind, string Text, int Position, int End)
{
    /// <summary>For words and quoted texts: split at the asterisks that are wildcards.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    public bool IsKeyword => Kind == TokenKind.Word && Text is "AND" or "OR" or "NOT";

    /// <summary>Whether nothing stands between the two.</summary>
    public bool Touches(Token next) => End == next.Position;
}
