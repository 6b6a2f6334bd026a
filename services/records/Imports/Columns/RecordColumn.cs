namespace Platform.Records.Imports.Columns;

/// <summary>What a column can hold beside the object's own fields.</summary>
internal enum RecordColumn
{
    Name,

    /// <summary>Records are recognised by it; the platform alone says what it is.</summary>
    Number,

    /// <summary>The same.</summary>
    Id,
}
