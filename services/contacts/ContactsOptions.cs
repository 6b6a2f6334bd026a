namespace Platform.Contacts;

/// <summary>Settings of the contacts domain, in <c>Contacts</c>.</summary>
internal sealed record ContactsOptions
{
    /// <summary>How long a merge can be taken back. Default: 30 days.</summary>
    public TimeSpan UnmergeWithin { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long an import can be taken back. Default: 30 days.</summary>
    public TimeSpan UndoImportWithin { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How often is looked for work whose time has come. Default: a minute.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMinutes(1);
}
