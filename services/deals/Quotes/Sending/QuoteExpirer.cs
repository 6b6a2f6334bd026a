using Microsoft.Extensions.Options;
using Platform.Tenancy;

namespace Platform.Deals.Quotes.Sending;

/// <summary>Writes down and tells that quotes have expired, once their last day is over.</summary>
internal sealed partial class QuoteExpirer(IServiceScopeFactory scopes, QuoteExpiryQueue queue, IOptions<QuoteOptions> options, TimeProvider time, ILogger<QuoteExpirer> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Work.RunAsync(
        (due, token) => ExpireAsync(due.Tenant, due.Quote, token), token => Task.Delay(options.Value.Poll, time, token), failure => LogFailed(logger, failure.GetType().Name), stoppingToken);

    private async Task ExpireAsync(Guid tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "quote-expiry");
        var db = scope.ServiceProvider.GetRequiredService<DealsDbContext>();
        await db.InTransactionAsync(() => ExpireAsync(id, db, cancellationToken), cancellationToken);
    }

    private async Task<bool> ExpireAsync(Guid id, DealsDbContext db, CancellationToken cancellationToken)
    {
        var expired = await db.LockQuoteAsync(id, cancellationToken) is { Quote: var quote } && quote.Expire(time.GetUtcNow()) ? quote : null;
        if (expired is not null)
            db.Publish(id, new V1.QuoteExpired { Quote = expired.ToMessage() });
        await db.ForgetExpiryAsync(id, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return expired is not null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "That a quote has expired could not be written down ({Error}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string error);
}
