using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Search.Index;
using Platform.Search.Kinds;

namespace Platform.Search.Rebuilding;

internal static class StartRebuild
{
    public static async Task<Result<V1.Rebuild>> Handle(SearchDbContext db, CustomFieldDirectory directory, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await RunningAsync(db, cancellationToken) is { } running)
                return running.ToMessage();
            if (await directory.TryLoadAsync(db.Caller, cancellationToken) is { } unavailable)
                return unavailable;
            if (await TryAddAsync(db, db.Caller.CustomFields!, time.GetUtcNow(), cancellationToken) is { } rebuild)
                return rebuild.ToMessage();
        }
    }

    // Null where somebody else was faster: theirs is running now.
    private static async Task<Rebuild?> TryAddAsync(SearchDbContext db, TenantFields fields, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var rebuild = await AddAsync(db, fields, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return rebuild;
        }
        catch (DbUpdateException refused) when (refused is DbUpdateConcurrencyException || refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return null;
        }
    }

    private static async Task<Rebuild> AddAsync(SearchDbContext db, TenantFields fields, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var index = await db.Indexes.SingleOrDefaultAsync(cancellationToken);
        if (index is null)
            db.Indexes.Add(index = new TenantIndex());
        var rebuild = Rebuild.Create(index.Build(), PartsOf(fields), now);
        db.Rebuilds.Add(rebuild);
        db.RebuildTurns.Add(new RebuildTurn { RebuildId = rebuild.Id, DueTime = now });
        db.Audit("rebuild", "search.index", rebuild.Id.ToString());
        return rebuild;
    }

    private static IEnumerable<RebuildPart> PartsOf(TenantFields fields) => RecordKinds.BuiltIn.Select(kind => new RebuildPart(kind.Name))
        .Concat(fields.Objects.OrderBy(known => known.Resource, StringComparer.Ordinal).Select(known => new RebuildPart(known.Resource, known.PluralKey)));

    private static Task<Rebuild?> RunningAsync(SearchDbContext db, CancellationToken cancellationToken) =>
        db.Rebuilds.AsNoTracking().SingleOrDefaultAsync(rebuild => rebuild.EndTime == null, cancellationToken);
}
