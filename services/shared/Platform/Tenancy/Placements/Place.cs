namespace Platform.Tenancy.Placements;

/// <summary>Where rows of tenants lie.</summary>
/// <param name="Database">A database of one tenant; null for the service's own.</param>
/// <param name="Schema">The schema in it.</param>
internal readonly record struct Place(string? Database, string Schema)
{
    /// <summary>The tables that tenants share.</summary>
    public static readonly Place Shared = new(null, Places.Shared);
}
