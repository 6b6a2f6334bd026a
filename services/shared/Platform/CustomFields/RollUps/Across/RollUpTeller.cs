using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Data;
using Platform.Tenancy;
using Platform.Tenancy.Placements;

namespace Platform.CustomFields.RollUps.Across;

/// <summary>
/// Tells other services what records give to their roll-ups, and computes formulas over roll-ups, right after something was written that
/// they read; in any process, one at a time for each of them.
/// </summary>
internal sealed partial class RollUpTeller(
    IServiceScopeFactory scopes, WorkPlaces places, RollUpSignal signal, CustomFieldDirectory directory, TimeProvider time, ILogger<RollUpTeller> logger) : BackgroundService
{
    private const string Look = "SELECT DISTINCT tenant_id, roll_up FROM roll_up_changes";

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var isDone = true;
                foreach (var (tenant, key) in await WaitingAsync(stoppingToken))
                    isDone &= await TryTellAsync(tenant, key, stoppingToken);
                await signal.WaitAsync(isDone ? Poll : Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (IsPassing(failure))
            {
                LogFailed(logger, failure.Message);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // One company whose database is away holds up no other.
    private async Task<bool> TryTellAsync(Guid tenant, string key, CancellationToken cancellationToken)
    {
        try
        {
            await TellAsync(tenant, key, cancellationToken);
            return true;
        }
        catch (Exception failure) when (IsPassing(failure))
        {
            LogFailed(logger, failure.Message);
            return false;
        }
    }

    private static bool IsPassing(Exception failure) => failure is NpgsqlException or DbUpdateException or InvalidOperationException or TimeoutException;

    private async Task<List<(Guid Tenant, string Key)>> WaitingAsync(CancellationToken cancellationToken)
    {
        var waiting = new List<(Guid Tenant, string Key)>();
        await foreach (var row in places.RowsAcrossTenantsAsync(RollUpChange.Table, Look, [], failure => LogFailed(logger, failure.Message), cancellationToken))
        {
            do
                waiting.Add((row.GetGuid(0), row.GetString(1)));
            while (await row.ReadAsync(cancellationToken));
        }

        return waiting;
    }

    private async Task TellAsync(Guid tenant, string key, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "roll-ups");
        var db = scope.ServiceProvider.GetRequiredService<UnitOfWork>().Context;
        if (!RollUpFormula.IsKey(key))
        {
            await directory.LoadAsync(db.Caller, cancellationToken);
            await new RollUpTelling(db, key).RunAsync(cancellationToken);
            return;
        }

        await directory.LoadAnewAsync(db.Caller, fields => fields.RollUpsOver(RollUpField.ParentOf(key)).Any(known => known.StoredKey == key), cancellationToken);
        await new FormulaOverRollUpsWork(db, key).RunAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What records give to roll-ups of other services could not be told ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
