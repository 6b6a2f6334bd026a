namespace Platform.Metadata.Fields;

/// <summary>Settings of the deletion of fields, in <c>Fields</c>.</summary>
internal sealed record FieldOptions
{
    /// <summary>How long a deleted field can be restored. Default: 30 days.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How often is looked for fields whose time has come. Default: a minute.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMinutes(1);
}
