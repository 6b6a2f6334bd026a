namespace Platform.Tenancy.Placements;

/// <summary>How far the rows of a tenant are from those of others.</summary>
public enum PlacementLevel
{
    /// <summary>The same tables, kept apart by row-level security.</summary>
    Shared,

    /// <summary>Tables of its own in the same database, under row-level security all the same.</summary>
    Schema,

    /// <summary>A database of its own on the same server, with the same tables under the same policies.</summary>
    Database,
}
