using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Auditing;
using Platform.Data;

namespace Platform.Tenancy;

/// <summary>
/// Deletes all that a service has of a tenant: table by table after the model, those that refer to others first, in batches. It
/// may be broken off anywhere and run again.
/// </summary>
public static partial class TenantRows
{
    private const int BatchSize = 5_000;

    // Triggers that keep documents as they are ask platform.is_purge; for one transaction and one tenant it says yes.
    private const string Purging = "SELECT set_config('platform.purge', {0}::text, true); ";

    /// <summary>Deletes the rows of the scope's tenant.</summary>
    public static async Task DeleteAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var kept = services.GetService<KeptTables>() ?? KeptTables.None;
        var left = await DeleteAsync(services.GetRequiredService<UnitOfWork>().Context, kept.Names, services.GetServices<IPurgeStep>(), cancellationToken);
        if (left.Count > 0)
            LogLeft(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TenantRows)), string.Join(", ", left));
    }

    /// <summary>The same; the answer names the tables that may not be deleted from, and for which there is no step.</summary>
    internal static async Task<IReadOnlyList<string>> DeleteAsync(
        PlatformDbContext db, IReadOnlySet<string> kept, IEnumerable<IPurgeStep> steps, CancellationToken cancellationToken)
    {
        var known = steps.ToDictionary(step => step.Table, StringComparer.Ordinal);
        // Entries of the audit log cannot be deleted, so those that wait for their seal are not either.
        var tables = TablesOf(db.Model).Where(table => !kept.Contains(table.Name) && table.Name != UnsealedEntry.Table).ToList();
        var names = tables.Select(table => table.Name).ToArray();
        var open = await db.Database.SqlQuery<string>($"SELECT name AS \"Value\" FROM unnest({names}) AS name WHERE has_table_privilege(name, 'DELETE')").ToListAsync(cancellationToken);
        foreach (var table in tables)
        {
            if (known.TryGetValue(table.Name, out var step))
                await step.DeleteAsync(db, cancellationToken);
            else if (open.Contains(table.Name))
                await DeleteAsync(db, table, cancellationToken);
        }

        return [.. names.Except(open).Except(known.Keys)];
    }

    /// <summary>The tables of tenants, those that refer to others first.</summary>
    internal static IReadOnlyList<TenantTable> TablesOf(IModel model)
    {
        var tables = model.GetEntityTypes()
            .Where(type => typeof(ITenantOwned).IsAssignableFrom(type.ClrType) && type.GetTableName() is not null)
            .GroupBy(type => type.GetTableName()!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new TenantTable(group.Key, group.SelectMany(type => type.GetForeignKeys()).ToList()), StringComparer.Ordinal);
        var ordered = new List<TenantTable>();
        while (ordered.Count < tables.Count)
        {
            var rest = tables.Values.Except(ordered).ToList();
            var free = rest.Where(table => !rest.Any(other => other != table && other.RefersTo(table.Name))).OrderBy(table => table.Name, StringComparer.Ordinal).ToList();
            ordered.AddRange(free.Count > 0 ? free : throw new InvalidOperationException($"These tables refer to each other in a circle: {string.Join(", ", rest.Select(table => table.Name))}."));
        }

        return ordered;
    }

    private static async Task DeleteAsync(PlatformDbContext db, TenantTable table, CancellationToken cancellationToken)
    {
        var tenant = db.Caller.RequiredTenantId;
        // Rows that refer to rows of their own table let go first, for a batch may hold one and not the other.
        if (table.OwnReferences is { Count: > 0 } columns)
        {
            var release = $"UPDATE {table.Name} SET {string.Join(", ", columns.Select(column => $"{column} = NULL"))} WHERE tenant_id = {{0}} AND num_nonnulls({string.Join(", ", columns)}) > 0";
            await db.Database.ExecuteSqlRawAsync(release, [tenant], cancellationToken);
        }

        var sql = $"{Purging}DELETE FROM {table.Name} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {table.Name} WHERE tenant_id = {{0}} LIMIT {BatchSize}))";
        while (await db.Database.ExecuteSqlRawAsync(sql, [tenant], cancellationToken) == BatchSize)
            cancellationToken.ThrowIfCancellationRequested();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rows of a company that is gone are left in tables that nobody may delete from: {Tables}")]
    private static partial void LogLeft(ILogger logger, string tables);
}

/// <summary>A table with rows of tenants.</summary>
internal sealed record TenantTable(string Name, IReadOnlyList<IForeignKey> Keys)
{
    /// <summary>The columns, beside the tenant, by which rows refer to rows of the same table.</summary>
    public IReadOnlyList<string> OwnReferences => [.. Keys
        .Where(key => key.PrincipalEntityType.GetTableName() == Name)
        .SelectMany(key => key.Properties.Where(property => property.IsNullable))
        .Select(property => property.GetColumnName())
        .Distinct()];

    public bool RefersTo(string table) => Keys.Any(key => key.PrincipalEntityType.GetTableName() == table);
}
