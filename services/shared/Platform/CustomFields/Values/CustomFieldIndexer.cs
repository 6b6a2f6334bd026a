using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.CustomFields.RollUps;
using Platform.CustomFields.RollUps.Across;
using Platform.Data;
using Platform.Monetary.Rates;
using Platform.Tenancy;
using Platform.Tenancy.Placements;

namespace Platform.CustomFields.Values;

/// <summary>
/// Adds the values of records that are older than their index, and takes away what is not needed any more: some records a
/// transaction, in any process, going on after a crash where it stopped. No statement locks a table.
/// </summary>
internal sealed partial class CustomFieldIndexer(
    IServiceScopeFactory scopes, WorkPlaces places, CustomFieldIndexSignal signal, RollUpSignal tell, CustomFieldDirectory directory, IEnumerable<ReportedTable> reported,
    TimeProvider time, ILogger<CustomFieldIndexer> logger) : BackgroundService
{
    private static readonly DueTable Table = new(CustomFieldIndex.Table, "tenant_id, resource, field_key", TimeSpan.FromMinutes(1));
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new DueWork<Claim>(places, Table, Read) { Time = time }.RunAsync(
            WorkAsync, token => signal.WaitAsync(Poll, token), failure => LogFailed(logger, failure.Message), stoppingToken);

    private async Task WorkAsync(Claim claim, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(claim.Tenant, "custom-fields");
        var db = scope.ServiceProvider.GetRequiredService<UnitOfWork>().Context;
        if (claim.FieldKey == CustomFieldIndex.Rates)
        {
            await new RateWork(db, [.. reported]).RunAsync(cancellationToken);
            return;
        }

        if (claim.FieldKey == CustomFieldIndex.Computed)
            await directory.LoadAsync(db.Caller, cancellationToken);
        if (RollUpField.IsKey(claim.FieldKey))
            await directory.LoadAnewAsync(db.Caller, fields => fields.RollUpsOver(claim.Resource).Any(rollUp => rollUp.StoredKey == claim.FieldKey), cancellationToken);
        await new IndexWork(db, claim.Resource, claim.FieldKey).RunAsync(cancellationToken);
        if (RollUpField.IsKey(claim.FieldKey))
            tell.Set();
        await directory.SpreadAsync(claim.Tenant, CustomFieldDirectory.Anew, cancellationToken);
    }

    private static Claim Read(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetString(1), row.GetString(2));

    private sealed record Claim(Guid Tenant, string Resource, string FieldKey);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The values of a custom field could not be kept ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
