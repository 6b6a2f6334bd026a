using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.CustomFields.Formulas;
using Platform.Data;
using Platform.Filtering.Sql;
using Platform.Monetary;
using Platform.Monetary.Rates;

namespace Platform.CustomFields.Computing;

/// <summary>
/// By which rates amounts in custom fields are worth what in the company's currency, on the business date of the record, or the day on
/// which it was made. The record keeps them, so that a comparison is a product in PostgreSQL and in memory alike: docs/adr/0032.
/// </summary>
internal static class RecordRates
{
    // Under it the currency into which they convert; before the key of an amount, its rate. No answer tells them, as nothing with a mark.
    private const string Company = "@";

    /// <summary>Where the rate of an amount is.</summary>
    public static string KeyOf(string storedKey) => $"{ResourceFormulas.Mark}{storedKey}";

    /// <summary>The values with the rates of their amounts. In the transaction that writes them: the rates stay what they are until its end.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="known">The fields of the kind of record.</param>
    /// <param name="rows">The records.</param>
    /// <param name="values">Their custom fields, formulas computed.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public static async Task<IReadOnlyList<Struct>> AddAsync(
        PlatformDbContext db, ResourceFields known, IReadOnlyList<ProtectedEntity> rows, IReadOnlyList<Struct> values, CancellationToken cancellationToken)
    {
        var wanted = rows.SelectMany((row, place) => known.MoneyKeys.Select(key => CurrencyOf(values[place], key)).OfType<string>().Select(currency => (currency, DayOf(row)))).ToHashSet();
        if (wanted.Count == 0)
            return values;
        var company = (await RateBook.HoldAsync(db, cancellationToken))?.Currency ?? "";
        var rates = await ReadAsync(db, company, [.. wanted.Where(rate => rate.currency != company)], cancellationToken);
        return [.. rows.Select((row, place) => With(row, values[place]))];

        Struct With(ProtectedEntity row, Struct computed)
        {
            var (before, rated) = (ComputedValues.Of(row)!, new Struct { Fields = { [Company] = Value.ForString(company) } });
            foreach (var (key, value) in computed.Fields)
                rated.Fields[key] = value;
            var isKept = before.Fields.GetValueOrDefault(Company)?.StringValue == company && IsSettled(db, row);
            foreach (var key in known.MoneyKeys)
            {
                if (CurrencyOf(computed, key) is not { } currency)
                    continue;
                var rate = currency == company ? "1" : rates.GetValueOrDefault((currency, DayOf(row))).ToRateText();
                if (isKept && before.Fields.GetValueOrDefault(KeyOf(key)) is { } kept)
                    rated.Fields[KeyOf(key)] = kept;
                else if (rate.Length > 0)
                    rated.Fields[KeyOf(key)] = Value.ForString(rate);
            }

            return rated;
        }
    }

    /// <summary>An amount that was made of those of a record in the company's currency; none where no rate of its currency is known there.</summary>
    public static FormulaValue Convert(FormulaValue value, ProtectedEntity row, Struct stored)
    {
        if (value.Value is not MoneyAmount money)
            return value;
        var reported = row as IReported;
        var company = stored.Fields.GetValueOrDefault(Company)?.StringValue ?? reported?.ReportingCurrency ?? "";
        if (company.Length == 0)
            return FormulaValue.Missing;
        var key = stored.Fields.Keys.FirstOrDefault(key => stored.Fields.ContainsKey(KeyOf(key)) && CurrencyOf(stored, key) == money.Currency);
        var rate = money.Currency == company ? 1
            : key is not null ? FilterMethods.Decimal(stored.Fields[KeyOf(key)])
            : reported?.Currency == money.Currency && reported.ReportingCurrency == company ? reported.ReportingRate : null;
        return rate is { } found ? new MoneyAmount(Amounts.Round(money.Amount * found, company), company) : FormulaValue.Missing;
    }

    private static string? CurrencyOf(Struct values, string key) => FilterMethods.Text(FilterMethods.Member(values.Fields.GetValueOrDefault(key), "currency"));

    private static DateOnly DayOf(ProtectedEntity row) => row is IReported reported ? reported.BusinessDate : DateOnly.FromDateTime(row.CreateTime.UtcDateTime);

    // As it is in the database: what is about to be settled gets the rate of now.
    private static bool IsSettled(PlatformDbContext db, ProtectedEntity row) => row is IReported reported
        && (db.Entry(row) is { State: EntityState.Modified } entry ? ((IReported)entry.OriginalValues.ToObject()).IsSettled : reported.IsSettled);

    private static async Task<Dictionary<(string, DateOnly), decimal?>> ReadAsync(
        PlatformDbContext db, string company, IReadOnlyCollection<(string Currency, DateOnly Day)> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0)
            return [];
        const string sql = """
            SELECT wanted.currency, wanted.day, (
                SELECT known.rate FROM exchange_rate_copies AS known
                WHERE known.tenant_id = {0} AND known.company_currency = {1} AND known.currency = wanted.currency AND known.valid_from <= wanted.day
                ORDER BY known.valid_from DESC LIMIT 1) AS rate
            FROM unnest({2}, {3}) AS wanted (currency, day)
            """;
        var found = await db.Database.SqlQueryRaw<Found>(
            sql, db.Caller.RequiredTenantId, company, wanted.Select(rate => rate.Currency).ToArray(), wanted.Select(rate => rate.Day).ToArray()).ToListAsync(cancellationToken);
        return found.ToDictionary(rate => (rate.Currency, rate.Day), rate => rate.Rate);
    }

    private sealed record Found(string Currency, DateOnly Day, decimal? Rate);
}
