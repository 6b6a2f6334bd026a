namespace Platform.Access;

/// <summary>What somebody does with a record; the names in contracts are in lower case.</summary>
public enum AccessAction
{
    /// <summary>Seeing it, alone or in a list.</summary>
    Read,

    /// <summary>Making one.</summary>
    Create,

    /// <summary>Changing it, in whatever way.</summary>
    Update,

    /// <summary>Removing it.</summary>
    Delete,

    /// <summary>Taking it out of the platform in bulk.</summary>
    Export,
}

/// <summary>Actions by name.</summary>
public static class AccessActions
{
    /// <summary>The names, in the order of the values.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetNames<AccessAction>().Select(name => name.ToLowerInvariant())];

    /// <summary>The name in contracts: <c>read</c>.</summary>
    public static string Name(this AccessAction action) => Names[(int)action];

    /// <summary>The action of a name; null where there is none.</summary>
    public static AccessAction? Find(string name) => Names.Index().Where(known => known.Item == name).Select(known => (AccessAction?)known.Index).FirstOrDefault();
}
