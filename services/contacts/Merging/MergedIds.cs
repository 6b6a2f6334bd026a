using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Errors;

namespace Platform.Contacts.Merging;

/// <summary>Ids of records that became part of others.</summary>
internal static class MergedIds
{
    /// <summary>Where the id of a merged record leads in the end; null for every other id.</summary>
    public static Task<Guid?> SurvivorOfAsync(this ContactsDbContext db, ProtectedResource resource, Guid id, CancellationToken cancellationToken) =>
        db.SurvivorOfAsync(resource.Info.Name, id, cancellationToken);

    /// <summary>The same by the name of the kind.</summary>
    public static async Task<Guid?> SurvivorOfAsync(this ContactsDbContext db, string resource, Guid id, CancellationToken cancellationToken)
    {
        for (Guid? found = null; ;)
        {
            var next = found ?? id;
            var further = await db.MergedRecords.Where(record => record.Id == next && record.Resource == resource).Select(record => (Guid?)record.SurvivorId).SingleOrDefaultAsync(cancellationToken);
            if (further is null)
                return found;
            found = further;
        }
    }

    /// <summary>The visible record of that id, or the one that it became part of; not tracked.</summary>
    public static async Task<TRow?> FindOrSurvivorAsync<TRow>(this ContactsDbContext db, ProtectedSet<TRow> rows, Guid id, CancellationToken cancellationToken)
        where TRow : ProtectedEntity, IProtected<TRow> =>
        await rows.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? row
        : await db.SurvivorOfAsync(TRow.Resource, id, cancellationToken) is { } survivor ? await rows.AsNoTracking().SingleOrDefaultAsync(other => other.Id == survivor, cancellationToken)
        : null;

    /// <summary>Why a record cannot be written: there is none that the caller may see, or it became part of one.</summary>
    public static async Task<Error> MissingAsync<TRow, TMessage>(this ContactsDbContext db, MergeKind<TRow, TMessage> kind, Guid id, CancellationToken cancellationToken)
        where TRow : ProtectedEntity, IMergeable<TRow, TMessage>
        where TMessage : class, IMessage<TMessage> =>
        await db.FindOrSurvivorAsync(kind.Rows(db), id, cancellationToken) is { } survivor && survivor.Id != id
            ? MergeErrors.AlreadyMerged(kind.Noun, id, survivor.Id)
            : Error.NotFound(kind.Noun, id.ToString());
}
