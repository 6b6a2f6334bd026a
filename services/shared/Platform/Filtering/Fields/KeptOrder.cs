namespace Platform.Filtering.Fields;

/// <summary>A field whose values are kept beside all records, in texts whose order is that of the values.</summary>
/// <param name="Resource">The kind of record.</param>
/// <param name="FieldKey">The field.</param>
internal sealed record KeptOrder(string Resource, string FieldKey);
