using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.CustomFields.Computing;
using Platform.Data;
using Platform.Tenancy;
using Platform.Tenants.V1;

namespace Platform.Monetary.Rates;

/// <summary>Asks the tenants service for what this one lacks of a company's rates, keeps it, and converts the records that are not settled.</summary>
internal sealed class RateTakeOver(IServiceScopeFactory scopes, IEnumerable<ReportedTable> tables)
{
    /// <summary>May run at any time, and several times at once.</summary>
    /// <param name="asker">In whose company, and with whose token it is asked.</param>
    /// <param name="cancellationToken">Ends the work; what it has not done is done the next time.</param>
    public async Task RunAsync(Caller asker, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(asker.RequiredTenantId, "exchange-rates");
        var source = scope.ServiceProvider.GetRequiredService<IExchangeRateSource>();
        var db = scope.ServiceProvider.GetRequiredService<UnitOfWork>().Context;
        ListExchangeRateChangesResponse changes;
        do
        {
            var known = (await FindAsync(db, cancellationToken))?.Version ?? 0;
            changes = await source.GetChangesAsync(asker, known, cancellationToken);
            await db.InTransactionAsync(() => KeepAsync(db, known, changes, cancellationToken), cancellationToken);
        }
        while (changes.More);
        if (await FindAsync(db, cancellationToken) is { } book && book.ReportedVersion < book.Version)
            await ConvertAsync(db, book, cancellationToken);
    }

    private static Task<RateBook?> FindAsync(PlatformDbContext db, CancellationToken cancellationToken) => db.Set<RateBook>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);

    private static async Task<bool> KeepAsync(PlatformDbContext db, long known, ListExchangeRateChangesResponse changes, CancellationToken cancellationToken)
    {
        var tenant = db.Caller.RequiredTenantId;
        await db.Database.ExecuteSqlAsync($"INSERT INTO rate_books (tenant_id, currency, version, reported_version) VALUES ({tenant}, '', 0, -1) ON CONFLICT DO NOTHING", cancellationToken);
        // Waits for those who convert by the rates of now.
        var book = await db.Set<RateBook>().FromSql($"SELECT * FROM rate_books WHERE tenant_id = {tenant} FOR UPDATE").AsNoTracking().SingleAsync(cancellationToken);
        if (book.Version != known)
            return false;
        await WriteAsync(db, tenant, changes, cancellationToken);
        await db.Database.ExecuteSqlAsync($"UPDATE rate_books SET currency = {changes.CompanyCurrency}, version = {changes.Version} WHERE tenant_id = {tenant}", cancellationToken);
        return true;
    }

    private static async Task WriteAsync(PlatformDbContext db, Guid tenant, ListExchangeRateChangesResponse changes, CancellationToken cancellationToken)
    {
        string[] companies = [.. changes.Rates.Select(rate => rate.CompanyCurrency)];
        string[] currencies = [.. changes.Rates.Select(rate => rate.Currency)];
        string[] days = [.. changes.Rates.Select(rate => rate.ValidFrom)];
        string[] rates = [.. changes.Rates.Select(rate => rate.Rate)];
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM exchange_rate_copies AS known USING unnest({companies}, {currencies}, {days}) AS changed (company, currency, day)
            WHERE known.tenant_id = {tenant} AND known.company_currency = changed.company AND known.currency = changed.currency AND known.valid_from = changed.day::date
            """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO exchange_rate_copies (tenant_id, company_currency, currency, valid_from, rate)
            SELECT {tenant}, company, currency, day::date, rate::numeric FROM unnest({companies}, {currencies}, {days}, {rates}) AS changed (company, currency, day, rate)
            WHERE rate <> ''
            """,
            cancellationToken);
    }

    private async Task ConvertAsync(PlatformDbContext db, RateBook book, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
            await table.ConvertAsync(db, cancellationToken);
        await RatedRecords.ConvertAsync(db, cancellationToken);
        // What came meanwhile is converted by whoever brought it.
        await db.Database.ExecuteSqlAsync(
            $"UPDATE rate_books SET reported_version = {book.Version} WHERE tenant_id = {book.TenantId} AND reported_version < {book.Version}", cancellationToken);
    }
}
