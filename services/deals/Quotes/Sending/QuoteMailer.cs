using Microsoft.Extensions.Options;

namespace Platform.Deals.Quotes.Sending;

/// <summary>Hands over what could not be handed over when the quote was sent.</summary>
internal sealed partial class QuoteMailer(QuoteMailDelivery delivery, QuoteMailQueue queue, IOptions<QuoteOptions> options, TimeProvider time, ILogger<QuoteMailer> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Work.RunAsync(
        (due, token) => delivery.HandOverAsync(due.Tenant, due.Quote, token), token => Task.Delay(options.Value.Poll, time, token), failure => LogFailed(logger, failure.GetType().Name), stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The message of a quote could not be handed over ({Error}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string error);
}
