using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Chores;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Duplicates;

internal static class SweepDuplicates
{
    /// <summary>Somebody else begins one at this moment.</summary>
    public static UniqueViolation Raced { get; } = new("pk_chores", Error.Stale("sweep"));

    public static async Task<Result<Empty>> Handle(ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        await BeginAsync(db, time.GetUtcNow(), cancellationToken);
        return await db.TrySaveChangesAsync(cancellationToken, Raced) is { } error ? error : new Empty();
    }

    /// <summary>Many records came at once: they are compared together, and not one by one.</summary>
    public static async Task AfterImportAsync(ContactsDbContext db, DateTimeOffset now)
    {
        await BeginAsync(db, now, CancellationToken.None);
        // Who began one at the same moment began it after these records were there.
        await db.TrySaveChangesAsync(CancellationToken.None, Raced);
    }

    /// <summary>A sweep is due with the save; one that is under way is followed by another.</summary>
    public static async Task BeginAsync(ContactsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await ChoreOf(db).SingleOrDefaultAsync(cancellationToken) is { } known)
            known.DueTime = now;
        else
            db.Chores.Add(Chore.Of(ChoreKind.FindDuplicates, Guid.Empty, now));
    }

    /// <summary>The company's next sweep.</summary>
    public static IQueryable<Chore> ChoreOf(ContactsDbContext db) =>
        db.Chores.Where(chore => chore.TenantId == db.Caller.RequiredTenantId && chore.Kind == ChoreKind.FindDuplicates && chore.SubjectId == Guid.Empty);
}
