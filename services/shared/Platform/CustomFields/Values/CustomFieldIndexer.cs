using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.CustomFields.RollUps;
using Platform.CustomFields.RollUps.Across;
using Platform.Data;
using Platform.Tenancy;
using Platform.Tenancy.Placements;

namespace Platform.CustomFields.Values;

/// <summary>
/// Adds the values of records that are older than their index, and takes away what is not needed any more: some records a
/// transaction, in any process, going on after a crash where it stopped. No statement locks a table.
/// </summary>
internal sealed partial class CustomFieldIndexer(
    IServiceScopeFactory scopes, WorkPlaces places, CustomFieldIndexSignal signal, RollUpSignal tell, CustomFieldDirectory directory, TimeProvider time,
    ILogger<CustomFieldIndexer> logger) : BackgroundService
{
    private const string Take = """
        UPDATE custom_field_indexes SET due_time = now() + interval '1 minute'
        WHERE (tenant_id, resource, field_key) = (SELECT tenant_id, resource, field_key FROM custom_field_indexes WHERE due_time <= now() ORDER BY due_time LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING tenant_id, resource, field_key
        """;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await ClaimAsync(stoppingToken) is { } claim)
                    await WorkAsync(claim, stoppingToken);
                await signal.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException or DbUpdateException or InvalidOperationException or TimeoutException)
            {
                LogFailed(logger, failure.Message);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<Claim?> ClaimAsync(CancellationToken cancellationToken) =>
        await places.RowsAcrossTenantsAsync(CustomFieldIndex.Table, Take, [], cancellationToken)
            .Select(row => new Claim(row.GetGuid(0), row.GetString(1), row.GetString(2))).FirstOrDefaultAsync(cancellationToken);

    private async Task WorkAsync(Claim claim, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(claim.Tenant, "custom-fields");
        var db = scope.ServiceProvider.GetRequiredService<UnitOfWork>().Context;
        if (claim.FieldKey == CustomFieldIndex.Computed)
            await directory.LoadAsync(db.Caller, cancellationToken);
        if (RollUpField.IsKey(claim.FieldKey))
            await directory.LoadAnewAsync(db.Caller, fields => fields.RollUpsOver(claim.Resource).Any(rollUp => rollUp.StoredKey == claim.FieldKey), cancellationToken);
        await new IndexWork(db, claim.Resource, claim.FieldKey).RunAsync(cancellationToken);
        if (RollUpField.IsKeyAcross(claim.FieldKey, claim.Resource))
            tell.Set();
        await directory.SpreadAsync(claim.Tenant, CustomFieldDirectory.Anew, cancellationToken);
    }

    private sealed record Claim(Guid Tenant, string Resource, string FieldKey);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The values of a custom field could not be kept ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
