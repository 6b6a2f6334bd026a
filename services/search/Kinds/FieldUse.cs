namespace Platform.Search.Kinds;

/// <summary>What a field's text is, beside words.</summary>
internal enum FieldUse
{
    /// <summary>Words only.</summary>
    Text,

    /// <summary>Found exactly as a whole too: e-mail addresses, numbers of documents.</summary>
    Name,

    /// <summary>Found exactly however it is written.</summary>
    Phone,
}
