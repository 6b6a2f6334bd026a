using System.Collections.Concurrent;
using System.Data.Common;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.V1;

namespace Platform.Tenancy.Quotas;

/// <summary>
/// Asks tenants for more of a limit of the whole company where this service's share is used up, within the transaction that needs
/// it: what is given is written by it, and lost with it, which tenants counts as given until the next time.
/// </summary>
internal sealed partial class ShareTaker(IServiceScopeFactory scopes, DatabaseNames names, TimeProvider time, ILogger<ShareTaker> logger)
{
    private const int MostKept = 10_000;

    // Who was told that there is no more does not ask again for each row of a file.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // The share is held meanwhile, so that others of the company wait.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<(Guid Tenant, string Resource), Refusal> _refused = new();

    /// <summary>Makes the share large enough for what the transaction has added to it.</summary>
    /// <param name="transaction">Holds the quota.</param>
    /// <param name="tenant">The company.</param>
    /// <param name="quota">What there would be.</param>
    /// <param name="added">What of it the transaction has added.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RpcException">The company may have no more, or tenants does not answer.</exception>
    public async Task TakeAsync(DbTransaction transaction, Guid tenant, QuotaState quota, long added, CancellationToken cancellationToken)
    {
        var key = (tenant, quota.Resource);
        if (_refused.TryGetValue(key, out var refused) && time.GetElapsedTime(refused.At) < Patience && refused.Concerns(quota))
            throw refused.Of(quota);
        var answer = await AskAsync(tenant, quota, added, cancellationToken);
        if (answer is null || (answer.Total > 0 && quota.Used > answer.Share))
            throw Keep(key, new Refusal(time.GetTimestamp(), answer, (answer?.Used ?? 0) - (quota.Used - added))).Of(quota);
        _refused.TryRemove(key, out _);
        await QuotaTable.TakeAsync(transaction, tenant, quota.Resource, answer, cancellationToken);
    }

    private Refusal Keep((Guid, string) key, Refusal refusal)
    {
        if (_refused.Count >= MostKept)
            _refused.Clear();
        return _refused[key] = refusal;
    }

    // Null where nobody answers.
    private async Task<TakeShareResponse?> AskAsync(Guid tenant, QuotaState quota, long added, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "limits");
        var request = new TakeShareRequest { Resource = quota.Resource, Service = names.AppId, Round = quota.Round, Share = quota.Most, Used = quota.Used - added, Wanted = added };
        // Until the token for the call has been got as well.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Deadline);
        try
        {
            return await scope.ServiceProvider.GetRequiredService<SharesService.SharesServiceClient>()
                .TakeShareAsync(request, deadline: time.GetUtcNow().UtcDateTime + Deadline, cancellationToken: patience.Token);
        }
        catch (Exception failure) when (failure is RpcException or HttpRequestException or InvalidOperationException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogUnanswered(logger, failure.Message);
            return null;
        }
    }

    /// <param name="At">When it was.</param>
    /// <param name="Answer">What tenants said; null where it said nothing.</param>
    /// <param name="Elsewhere">What the company has in other services.</param>
    private sealed record Refusal(long At, TakeShareResponse? Answer, long Elsewhere)
    {
        // What fits what there was left is asked for.
        public bool Concerns(QuotaState quota) => Answer is null || quota.Used > Answer.Share;

        public RpcException Of(QuotaState quota) =>
            // Where there is room that others hold just now, it is to be tried again.
            (Answer is null || Elsewhere + quota.Used <= Answer.Total ? QuotaErrors.Unavailable : QuotaErrors.ExhaustedTogether(quota, Answer.Total, Elsewhere)).ToRpcException();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A company's share of its limit is used up and no more could be asked for ({Reason}): its records are refused")]
    private static partial void LogUnanswered(ILogger logger, string reason);
}
