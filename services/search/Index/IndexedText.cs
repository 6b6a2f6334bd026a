using Platform.Search.Kinds;

namespace Platform.Search.Index;

/// <summary>The text of one field of a record: kept apart, so that it can be left out for who may not read the field.</summary>
/// <param name="Path">The field.</param>
/// <param name="Text">Never empty.</param>
/// <param name="Weight">1 to 10.</param>
/// <param name="Use">What it is beside words.</param>
internal sealed record IndexedText(string Path, string Text, short Weight, FieldUse Use);
