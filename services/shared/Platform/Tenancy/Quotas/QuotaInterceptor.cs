using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Platform.Data;
using Platform.Errors;

namespace Platform.Tenancy.Quotas;

/// <summary>
/// Refuses a commit that would make more records than the tenant may have. The last statement before the commit, so that a quota
/// is held no longer than the commit takes; for tenants without limits there is none.
/// </summary>
internal sealed class QuotaInterceptor(QuotaDirectory directory, StorageMeter meter, ShareTaker shares, DatabaseNames names) : DbTransactionInterceptor
{
    public override ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        (eventData.Context as PlatformDbContext)?.Growth.Begin();
        return ValueTask.FromResult(result);
    }

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PlatformDbContext { Growth.IsEmpty: false, Caller.TenantId: { } tenant } db && QuotaKinds.Of(db.Model) is { IsLimited: true } kinds)
            await CheckAsync(transaction, tenant, db.Growth.Total, kinds, cancellationToken);
        return result;
    }

    private async Task CheckAsync(DbTransaction transaction, Guid tenant, IReadOnlyDictionary<string, long> growth, QuotaKinds kinds, CancellationToken cancellationToken)
    {
        var quotas = await directory.NamesAsync(tenant, () => QuotaTable.NamesAsync(transaction, tenant, cancellationToken));
        var parts = quotas
            .Select(quota => (Resource: quota, Rows: QuotaKinds.IsStorage(quota) ? 0 : growth.Where(kind => QuotaKinds.Covers(quota, kind.Key)).Sum(kind => kind.Value)))
            .Where(part => part.Rows != 0 || (QuotaKinds.IsStorage(part.Resource) && growth.Values.Any(rows => rows > 0)))
            .ToList();
        if (parts.Count == 0)
            return;
        foreach (var quota in await QuotaTable.GrowAsync(transaction, tenant, parts, cancellationToken))
        {
            var added = parts.Find(part => part.Resource == quota.Resource).Rows;
            var grows = QuotaKinds.IsStorage(quota.Resource) || added > 0;
            var known = await UpToDateAsync(transaction, tenant, quota, grows, kinds, cancellationToken);
            if (!grows || known.Used <= known.Most)
                continue;
            if (!CompanyLimits.IsOne(quota.Resource))
                throw QuotaErrors.Exhausted(known).ToRpcException();
            await shares.TakeAsync(transaction, tenant, known, added, cancellationToken);
        }
    }

    // Nobody is refused on a count that is old.
    private async ValueTask<QuotaState> UpToDateAsync(
        DbTransaction transaction, Guid tenant, QuotaState quota, bool grows, QuotaKinds kinds, CancellationToken cancellationToken)
    {
        if (QuotaKinds.IsStorage(quota.Resource))
        {
            meter.Measure(tenant, names.AppId);
            return quota;
        }

        return quota.IsDue || (grows && quota.Used > quota.Most && !quota.IsFresh)
            ? quota with { Used = await QuotaTable.CountAsync(transaction, tenant, quota.Resource, kinds.Count(quota.Resource), cancellationToken) }
            : quota;
    }
}
