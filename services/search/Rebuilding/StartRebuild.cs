using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Search.Index;
using Platform.Search.Kinds;

namespace Platform.Search.Rebuilding;

internal static class StartRebuild
{
    private static readonly Error Unknown =
        new(Google.Rpc.Code.Unavailable, "METADATA_UNAVAILABLE", "Which objects of its own the company has cannot be asked right now: try again in a moment.");

    public static async Task<Result<V1.Rebuild>> Handle(SearchDbContext db, CustomFieldDirectory directory, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await RunningAsync(db, cancellationToken) is { } running)
            return running.ToMessage();
        await directory.LoadAsync(db.Caller, cancellationToken);
        if (db.Caller.CustomFields is not { } fields)
            return Unknown;
        var rebuild = await AddAsync(db, fields, time.GetUtcNow(), cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return rebuild.ToMessage();
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Somebody else was faster.
            return Error.Precondition("REBUILD_RUNNING", "A rebuild was begun just now: ask again to see it.");
        }
    }

    private static async Task<Rebuild> AddAsync(SearchDbContext db, TenantFields fields, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var index = await db.Indexes.SingleOrDefaultAsync(cancellationToken);
        if (index is null)
            db.Indexes.Add(index = new TenantIndex());
        index.Building = index.Generation + 1;
        var rebuild = Rebuild.Create(index.Building.Value, PartsOf(fields), now);
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
