using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Data;
using Platform.Events;
using Platform.Tenancy.Placements;

namespace Platform.Auditing;

/// <summary>
/// Links committed entries into the chains of their tenants. Writers only append, and wait for nobody; the one sealer of a
/// database (advisory lock) gives each entry its number later, in one transaction with the link and with the event that
/// carries the new head away. A crash leaves entries waiting, and the next pass takes them.
/// </summary>
internal sealed partial class AuditSealer(
    WorkPlaces places, AuditSignal signal, OutboxSignal outbox, DatabaseNames names, TimeProvider time, ILogger<AuditSealer> logger) : BackgroundService
{
    public const int BatchSize = 5000;

    // Long enough to seal a busy second in few transactions, short enough that an entry is sealed within one.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan IdlePoll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PassAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                LogFailed(logger, exception.Message);
                await Task.Delay(AfterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task PassAsync(CancellationToken cancellationToken)
    {
        var counts = new List<int?>();
        foreach (var place in await places.WithWorkAsync(UnsealedEntry.Table, cancellationToken))
            counts.Add(await TrySealAsync(place, cancellationToken));
        if (counts.Contains(BatchSize))
            return;
        // Somebody else seals, and may have looked before our rows were there.
        if (!counts.Contains(null))
            await signal.WaitAsync(IdlePoll, cancellationToken);
        await Task.Delay(Pause, cancellationToken);
    }

    // A company whose database is away holds up no other.
    private async Task<int?> TrySealAsync(WorkPlace place, CancellationToken cancellationToken)
    {
        try
        {
            return await SealBatchAsync(place, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && places.PassesOver(place, UnsealedEntry.Table, failure))
        {
            if (places.IsNews(place, UnsealedEntry.Table))
                LogFailed(logger, failure.Message);
            return 0;
        }
    }

    /// <summary>How many entries were sealed; null while another sealer works.</summary>
    internal async Task<int?> SealBatchAsync(WorkPlace place, CancellationToken cancellationToken)
    {
        await using var connection = await place.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await SealTable.ClaimAsync(connection, place, BatchSize, cancellationToken) is not { } claimed)
            return null;
        foreach (var tenant in claimed.GroupBy(entry => entry.TenantId))
            await SealAsync(connection, tenant.Key, [.. tenant], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (claimed.Count == BatchSize)
            place.IsUnfinished();
        if (claimed.Count > 0)
            outbox.Set();
        return claimed.Count;
    }

    private async Task SealAsync(NpgsqlConnection connection, Guid tenant, List<ClaimedEntry> entries, CancellationToken cancellationToken)
    {
        var head = await SealTable.HeadAsync(connection, tenant, cancellationToken) ?? new ChainHead(0, EntryHash.OfBeginning(names.AppId, tenant));
        var seals = new List<AuditSeal>(entries.Count);
        foreach (var entry in entries)
        {
            var next = new ChainHead(head.Sequence + 1, EntryHash.OfLink(head.Hash, head.Sequence + 1, entry.ContentHash));
            seals.Add(new AuditSeal { Sequence = next.Sequence, EntryId = entry.EntryId, PreviousHash = head.Hash, Hash = next.Hash });
            head = next;
        }

        var message = new Audit.V1.HeadSealed { Service = names.AppId, Sequence = head.Sequence, Hash = Convert.ToHexStringLower(head.Hash) };
        await SealTable.WriteAsync(connection, entries, seals, message, time.GetUtcNow(), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Audit entries were not sealed ({Reason}); they wait for the next try")]
    private static partial void LogFailed(ILogger logger, string reason);
}
