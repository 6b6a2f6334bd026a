namespace Platform.Search.Kinds;

/// <summary>A field of a kind of record that is searched.</summary>
/// <param name="Path">In the names of the .proto; what is in a list counts as one text.</param>
/// <param name="Weight">1 to 10: how much it says that a word is found there.</param>
/// <param name="Use">What its text is.</param>
internal sealed record SearchedField(string Path, short Weight, FieldUse Use = FieldUse.Text);
