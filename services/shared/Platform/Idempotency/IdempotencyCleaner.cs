using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Tenancy;
using Platform.Tenancy.Placements;

namespace Platform.Idempotency;

/// <summary>Once an hour deletes expired answers, and inbox keys that no broker would deliver again.</summary>
internal sealed partial class IdempotencyCleaner(WorkPlaces places, TimeProvider time, ILogger<IdempotencyCleaner> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private static readonly string[] Statements =
    [
        "DELETE FROM idempotency_records WHERE expire_time < now()",
        "DELETE FROM inbox_messages WHERE process_time < now() - interval '30 days'",
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                LogFailed(logger, exception.Message);
            }
        }
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        foreach (var place in await places.WithRowsAsync("inbox_messages", cancellationToken))
        {
            try
            {
                await CleanAsync(place, cancellationToken);
            }
            // A company whose database is away holds up no other.
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested && places.PassesOver(place, "inbox_messages", failure))
            {
                if (places.IsNews(place, "inbox_messages"))
                    LogFailed(logger, failure.Message);
            }
        }
    }

    private static async Task CleanAsync(WorkPlace place, CancellationToken cancellationToken)
    {
        await using var connection = await place.OpenAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(CrossTenantWork.Open));
        batch.BatchCommands.Add(place.Enter());
        foreach (var statement in Statements)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expired keys were not deleted ({Reason}); next try in an hour")]
    private static partial void LogFailed(ILogger logger, string reason);
}
