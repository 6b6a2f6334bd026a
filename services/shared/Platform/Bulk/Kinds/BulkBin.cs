using Platform.Access;
using Platform.Data;
using Platform.Errors;

namespace Platform.Bulk;

/// <summary>How records are deleted that stay in their table for a while, and come back with all that followed from it.</summary>
/// <param name="All">The kind, with those that are deleted.</param>
/// <param name="Held">A readable row of it by its id, deleted or not, tracked and held until the transaction ends.</param>
/// <param name="Delete">Deletes one that is in use, with what follows from it, and tells of it; where something forbids that, the reason, and nothing is changed.</param>
/// <param name="Restore">Takes that back, and saves it; the reason where it cannot be.</param>
public sealed record BulkBin<TContext, TRow>(
    ProtectedResource<TRow> All,
    Func<TContext, Guid, IQueryable<TRow>> Held,
    Func<IServiceProvider, TContext, TRow, DateTimeOffset, CancellationToken, Task<Error?>> Delete,
    Func<TContext, TRow, DateTimeOffset, CancellationToken, Task<Error?>> Restore)
    where TContext : PlatformDbContext
    where TRow : ProtectedEntity, IProtected<TRow>;
