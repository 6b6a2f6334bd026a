using Platform.Data;

namespace Platform.Tenancy;

/// <summary>How a tenant's rows of one table go where an ordinary DELETE may not touch them, as in an append-only table.</summary>
public interface IPurgeStep
{
    /// <summary>The table; nobody else deletes from it.</summary>
    string Table { get; }

    /// <summary>Deletes the rows of the context's tenant; may run again.</summary>
    Task DeleteAsync(PlatformDbContext db, CancellationToken cancellationToken);
}

/// <summary>Tables whose rows outlive their tenant, such as the tombstone.</summary>
public sealed record KeptTables(IReadOnlySet<string> Names)
{
    /// <summary>Every row goes.</summary>
    public static readonly KeptTables None = new(new HashSet<string>());
}
