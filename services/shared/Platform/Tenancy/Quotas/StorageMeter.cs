using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Data;

namespace Platform.Tenancy.Quotas;

/// <summary>Measures, at most once a minute, the storage of tenants that have a limit of it and write.</summary>
internal sealed partial class StorageMeter(IServiceScopeFactory scopes, ILogger<StorageMeter> logger) : BackgroundService
{
    private readonly Channel<(Guid Tenant, string Module)> _queue = Channel.CreateBounded<(Guid, string)>(
        new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly ConcurrentDictionary<Guid, bool> _waiting = new();

    /// <summary>Asks for a measurement; none is made where the last one is young.</summary>
    public void Measure(Guid tenant, string module)
    {
        if (_waiting.TryAdd(tenant, true) && !_queue.Writer.TryWrite((tenant, module)))
            _waiting.TryRemove(tenant, out _);
    }

    /// <summary>Bytes of the rows of the context's tenant, in all tables.</summary>
    public static async Task<long> BytesAsync(PlatformDbContext db, CancellationToken cancellationToken)
    {
        var tables = QuotaKinds.Of(db.Model).All.Select(table => $"(SELECT coalesce(sum(pg_column_size(row)), 0) FROM {table} AS row WHERE tenant_id = {{0}})");
        var sql = $"SELECT ({string.Join(" + ", tables)})::bigint AS \"Value\"";
        return (await db.Database.SqlQueryRaw<long>(sql, db.Caller.RequiredTenantId).ToListAsync(cancellationToken)).Single();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (tenant, module) in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            _waiting.TryRemove(tenant, out _);
            try
            {
                await MeasureAsync(tenant, [module + QuotaKinds.StorageSuffix, CompanyLimits.Storage], stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or InvalidOperationException && !stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception.Message);
            }
        }
    }

    private async Task MeasureAsync(Guid tenant, string[] resources, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "storage");
        var db = scope.ServiceProvider.GetRequiredService<UnitOfWork>().Context;
        // Taken for this minute, by one of the replicas; what was never measured is known only when it is there.
        var isTaken = await db.Database.ExecuteSqlAsync(
            $"UPDATE quotas SET count_time = CASE WHEN count_time = '-infinity' THEN count_time ELSE clock_timestamp() END WHERE tenant_id = {tenant} AND resource = ANY({resources}) AND count_time < clock_timestamp() - interval '1 minute'", cancellationToken);
        if (isTaken == 0)
            return;
        var bytes = await BytesAsync(db, cancellationToken);
        await db.Database.ExecuteSqlAsync($"UPDATE quotas SET used = {bytes}, count_time = clock_timestamp() WHERE tenant_id = {tenant} AND resource = ANY({resources})", cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The storage of a company could not be measured ({Reason}); it is tried again when it writes")]
    private static partial void LogFailed(ILogger logger, string reason);
}
