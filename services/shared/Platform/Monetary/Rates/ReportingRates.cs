using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Platform.CustomFields.Values;
using Platform.Data;

namespace Platform.Monetary.Rates;

/// <summary>Converts records that are about to be written into the company's currency.</summary>
public sealed partial class ReportingRates
{
    private readonly PlatformDbContext _db;
    private readonly RateTakeOver _takeOver;
    private readonly KnownBooks _known;
    private readonly ILogger<ReportingRates> _logger;

    internal ReportingRates(PlatformDbContext db, RateTakeOver takeOver, KnownBooks known, ILogger<ReportingRates> logger) =>
        (_db, _takeOver, _known, _logger) = (db, takeOver, known, logger);

    /// <summary>
    /// Makes sure that this service has heard of the company's rates, for who writes; before the transaction, so that nothing waits for
    /// another service. Where that one is away, amounts stay unknown until it is back. Records that are there are converted in the background.
    /// </summary>
    public Task EnsureAsync(CancellationToken cancellationToken) => EnsureAsync(asksAnyway: true, cancellationToken);

    /// <summary>The same for who reads too: nobody waits again for a service that was away a moment ago.</summary>
    public Task EnsureUnlessAwayAsync(CancellationToken cancellationToken) => EnsureAsync(asksAnyway: false, cancellationToken);

    private async Task EnsureAsync(bool asksAnyway, CancellationToken cancellationToken)
    {
        var tenant = _db.Caller.RequiredTenantId;
        if (_known.Has(tenant))
            return;
        try
        {
            if (!await IsKeptAsync(cancellationToken))
            {
                if (!asksAnyway && !_known.MayAsk(tenant))
                    return;
                await _takeOver.KeepAsync(_db.Caller, cancellationToken);
            }

            _known.Add(tenant);
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            _known.Fail(tenant);
            LogUnavailable(_logger, exception.StatusCode);
        }
    }

    // Whether records are converted, or being converted, by all that is known.
    private Task<bool> IsKeptAsync(CancellationToken cancellationToken) => _db.Set<RateBook>().AnyAsync(
        book => book.ReportedVersion >= book.Version || _db.Set<CustomFieldIndex>().Any(index => index.FieldKey == CustomFieldIndex.Rates && index.RunNumber == book.Version), cancellationToken);

    /// <summary>The currency that the company's records are reported in; empty where it is not known.</summary>
    public async Task<string> GetCurrencyAsync(CancellationToken cancellationToken) =>
        await _db.Set<RateBook>().AsNoTracking().Select(book => book.Currency).SingleOrDefaultAsync(cancellationToken) ?? "";

    /// <summary>Converts the record by the rate of its business date. In the transaction that writes it: the rates stay what they are until its end.</summary>
    public async Task ReportAsync(IReported record, CancellationToken cancellationToken)
    {
        var book = await RateBook.HoldAsync(_db, cancellationToken);
        var (company, currency, day) = (book?.Currency ?? "", record.Currency, record.BusinessDate);
        var rate = currency == company ? 1 : await _db.Set<RateCopy>()
            .Where(copy => copy.CompanyCurrency == company && copy.Currency == currency && copy.ValidFrom <= day)
            .OrderByDescending(copy => copy.ValidFrom).Select(copy => (decimal?)copy.Rate).FirstOrDefaultAsync(cancellationToken);
        record.Report(company, rate);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The tenants service does not tell a company's exchange rates ({Status}); amounts are not converted until it does")]
    private static partial void LogUnavailable(ILogger logger, StatusCode status);
}
