using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.CustomFields.Computing;
using Platform.CustomFields.Values;
using Platform.Data;

namespace Platform.Monetary.Rates;

/// <summary>
/// Converts the records of a company by the rates that this service knows: some a transaction, which notes how far it came, so that
/// whoever does it goes on where the one before was cut off. Nobody who asks for records waits for it.
/// </summary>
/// <param name="db">The unit of work.</param>
/// <param name="tables">The tables whose records have amounts of their own.</param>
internal sealed class RateWork(PlatformDbContext db, IReadOnlyCollection<ReportedTable> tables)
{
    // Before the names of what is converted, which is done in their order: what records have of their own is read by their custom fields.
    private const string OfTable = "1 ";
    private const string OfKind = "2 ";

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    /// <summary>Says that everything is to be converted by a version of the rates; what is under way by this one goes on. In a transaction that holds the company's book alone.</summary>
    public static async Task BeginAsync(PlatformDbContext db, long version, CancellationToken cancellationToken)
    {
        var (tenant, now) = (db.Caller.RequiredTenantId, db.Time.GetUtcNow());
        await db.Database.ExecuteSqlAsync($"DELETE FROM custom_field_indexes WHERE tenant_id = {tenant} AND field_key = {CustomFieldIndex.Rates} AND run_number <> {version}", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO custom_field_indexes (tenant_id, resource, field_key, kind, is_unique, state, due_time, run_number, is_told)
            SELECT {tenant}, '', {CustomFieldIndex.Rates}, 'Money', false, {nameof(IndexState.Converting)}, {now}, {version}, false
            WHERE NOT EXISTS (SELECT FROM custom_field_indexes WHERE tenant_id = {tenant} AND field_key = {CustomFieldIndex.Rates})
            """,
            cancellationToken);
    }

    /// <summary>Works until all is converted. May run several times at once: each batch is done by one of them.</summary>
    /// <exception cref="InvalidOperationException">What fields the company has is not known; it is to be tried again.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await db.InTransactionAsync(() => StepAsync(cancellationToken), cancellationToken) is { } place)
            {
                db.ChangeTracker.Clear();
                if (place.IsNew)
                    // Who began to write before there was a book held none.
                    await db.WaitForWritersAsync(cancellationToken);
                if (place.IsDone)
                    await db.InTransactionAsync(() => AdvanceAsync(place, cancellationToken), cancellationToken);
            }
        }
        catch
        {
            await GiveBackAsync(cancellationToken.IsCancellationRequested ? TimeSpan.Zero : Pause);
            throw;
        }
    }

    // First the company's book, then the row of the work, as everybody does; null where nothing is left.
    private async Task<Place?> StepAsync(CancellationToken cancellationToken)
    {
        if (await RateBook.HoldAsync(db, cancellationToken) is not { } book || await FindAsync(cancellationToken) is not { } row)
            return null;
        var after = row.Cursor ?? Guid.Empty;
        var place = new Place(row.Resource, row.RunNumber, IsDone: true, IsNew: row.Resource.Length == 0 && book.ReportedVersion < 0);
        var fields = await FieldsAsync(cancellationToken);
        var ids = !Parts(fields).Contains(row.Resource) ? []
            : tables.FirstOrDefault(table => OfTable + table.Name == row.Resource) is { } table ? await table.ConvertNextAsync(db, book.Currency, after, cancellationToken)
            : await RatedAsync(fields!, row.Resource[OfKind.Length..], book.Currency, after, cancellationToken);
        if (ids.Count == 0)
            return place;
        await db.Database.ExecuteSqlAsync(
            $"UPDATE custom_field_indexes SET cursor = {ids[^1]}, due_time = {db.Time.GetUtcNow() + Lease} WHERE tenant_id = {row.TenantId} AND resource = {row.Resource} AND field_key = {CustomFieldIndex.Rates}",
            cancellationToken);
        return place with { IsDone = false };
    }

    private Task<List<Guid>> RatedAsync(TenantFields fields, string resource, string currency, Guid after, CancellationToken cancellationToken)
    {
        var table = RecordTables.Of(db, resource);
        return RatedRecords.ConvertNextAsync(db, fields.Of(resource), tables.FirstOrDefault(reported => reported.Name == table), currency, after, cancellationToken);
    }

    // In a transaction of its own: who holds records here would wait for somebody who waits for them.
    private async Task<bool> AdvanceAsync(Place place, CancellationToken cancellationToken)
    {
        var tenant = db.Caller.RequiredTenantId;
        await db.Set<RateBook>().FromSql($"SELECT * FROM rate_books WHERE tenant_id = {tenant} FOR UPDATE").AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        // Neither where somebody else was faster, nor where other rates came meanwhile.
        if (Parts(await FieldsAsync(cancellationToken)).FirstOrDefault(part => string.CompareOrdinal(part, place.Part) > 0) is { } next)
        {
            return await db.Database.ExecuteSqlAsync(
                $"""
                UPDATE custom_field_indexes SET resource = {next}, cursor = NULL, due_time = {db.Time.GetUtcNow() + Lease}
                WHERE tenant_id = {tenant} AND field_key = {CustomFieldIndex.Rates} AND resource = {place.Part} AND run_number = {place.Version}
                """,
                cancellationToken) > 0;
        }

        return await db.Database.ExecuteSqlAsync(
            $"DELETE FROM custom_field_indexes WHERE tenant_id = {tenant} AND field_key = {CustomFieldIndex.Rates} AND resource = {place.Part} AND run_number = {place.Version}", cancellationToken) > 0
            && await db.Database.ExecuteSqlAsync($"UPDATE rate_books SET reported_version = {place.Version} WHERE tenant_id = {tenant}", cancellationToken) > 0;
    }

    // Whoever looks next may have it at once; where the database is away, the lease ends by itself.
    private async Task GiveBackAsync(TimeSpan pause)
    {
        using var patience = new CancellationTokenSource(Farewell);
        try
        {
            await db.Database.ExecuteSqlAsync(
                $"UPDATE custom_field_indexes SET due_time = {db.Time.GetUtcNow() + pause} WHERE tenant_id = {db.Caller.RequiredTenantId} AND field_key = {CustomFieldIndex.Rates}", patience.Token);
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or InvalidOperationException or OperationCanceledException or TimeoutException)
        {
            // What is told is why the work failed.
        }
    }

    private async Task<CustomFieldIndex?> FindAsync(CancellationToken cancellationToken) => await db.Set<CustomFieldIndex>()
        .FromSql($"SELECT * FROM custom_field_indexes WHERE field_key = {CustomFieldIndex.Rates} FOR UPDATE").AsNoTracking().SingleOrDefaultAsync(cancellationToken);

    // As they are now: null in a service that has records without fields of companies.
    private async Task<TenantFields?> FieldsAsync(CancellationToken cancellationToken)
    {
        if (db.Fields is not { IsNeeded: true } directory)
            return null;
        // Nobody would know that what is kept is no longer right: it is tried again.
        db.Caller.CustomFields = await directory.GetAsync(db.Caller, cancellationToken) ?? throw new InvalidOperationException("What fields the company has cannot be asked for.");
        return db.Caller.CustomFields;
    }

    private List<string> Parts(TenantFields? fields) =>
    [
        .. tables.Select(table => OfTable + table.Name).Concat(fields is null ? [] : RatedRecords.KindsOf(db, fields).Select(kind => OfKind + kind)).Order(StringComparer.Ordinal),
    ];

    private sealed record Place(string Part, long Version, bool IsDone, bool IsNew);
}
