using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Access;
using Platform.CustomFields;
using Platform.Data;
using Platform.Tenancy;

namespace Platform.Undoing.Imports;

/// <summary>What taking imports back needs in every service, beside the records themselves.</summary>
public static class ImportUndos
{
    /// <summary>An import, held until the transaction ends: nobody begins to take it back, or forgets it, meanwhile.</summary>
    public static IQueryable<TImport> Held<TImport>(this DbSet<TImport> imports, Guid id)
        where TImport : FileImport => imports.FromSql($"SELECT *, xmin FROM imports WHERE id = {id} FOR UPDATE");

    /// <summary>Whether no policy keeps the caller from deleting what an import made of a kind, and from changing what it changed.</summary>
    /// <param name="written">All that it wrote of the kind, whoever may see it.</param>
    /// <param name="rows">The records of the kind.</param>
    /// <param name="noted">What is noted of the import.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<bool> MayBeTakenBackAsync<TRow, TNoted>(this IQueryable<TRow> written, ProtectedSet<TRow> rows, IQueryable<TNoted> noted, CancellationToken cancellationToken)
        where TRow : ProtectedEntity, IProtected<TRow>
        where TNoted : NotedRecord
    {
        ArgumentNullException.ThrowIfNull(rows);
        return await MayAsync(AccessAction.Delete, noted.Where(record => record.Before == null)) && await MayAsync(AccessAction.Update, noted.Where(record => record.Before != null));

        async Task<bool> MayAsync(AccessAction action, IQueryable<TNoted> some)
        {
            var wanted = some.Select(record => record.RecordId);
            return await rows.For(action).CountAsync(row => wanted.Contains(row.Id), cancellationToken) == await written.CountAsync(row => wanted.Contains(row.Id), cancellationToken);
        }
    }

    /// <summary>Lets go of what is noted of an import, in the open transaction; its line in the list stays, with the numbers.</summary>
    /// <returns>Whether it did: who has begun in time to take it back needs what is noted.</returns>
    public static async Task<bool> ForgetAsync<TImport, TNoted>(this DbSet<TImport> imports, IQueryable<TNoted> noted, Guid id, CancellationToken cancellationToken)
        where TImport : FileImport
        where TNoted : NotedRecord
    {
        if (await imports.Held(id).AsNoTracking().AnyAsync(row => row.State == FileImportState.Undoing, cancellationToken))
            return false;
        await noted.Where(record => record.ImportId == id).ExecuteDeleteAsync(cancellationToken);
        return true;
    }

    /// <summary>Works on the imports of a company as the platform itself.</summary>
    /// <param name="scopes">Makes the scope.</param>
    /// <param name="tenant">The company.</param>
    /// <param name="onBehalfOf">Id of the person who wanted it; empty where it was none.</param>
    /// <param name="work">The work, with the scope's services.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<T> ForImportsAsync<TContext, T>(
        this IServiceScopeFactory scopes, Guid tenant, string onBehalfOf, Func<TContext, IServiceProvider, Task<T>> work, CancellationToken cancellationToken)
        where TContext : PlatformDbContext
    {
        ArgumentNullException.ThrowIfNull(work);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "imports", onBehalfOf);
        var db = scope.ServiceProvider.GetRequiredService<TContext>();
        await scope.ServiceProvider.GetRequiredService<CustomFieldDirectory>().RequireAsync(db.Caller, cancellationToken);
        return await work(db, scope.ServiceProvider);
    }
}
