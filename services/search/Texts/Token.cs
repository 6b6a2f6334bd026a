namespace Platform.Search.Texts;

/// <summary>A word of a text.</summary>
/// <param name="Word">As words are compared: lower case, without accents, ё as е.</param>
/// <param name="Start">Where it begins in the text, in UTF-16 code units.</param>
/// <param name="Length">How long it is there.</param>
internal readonly record struct Token(string Word, int Start, int Length);
