using Grpc.Core;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Tenancy.Quotas;

namespace Platform.Tenants.Shares;

/// <summary>
/// The shares of the scope's company. One at a time works on those of a limit, in a transaction of its own; none is open while a
/// service is asked.
/// </summary>
internal sealed partial class ShareLedger(
    TenantsDbContext db, IServiceProvider services, IOptions<ShareOptions> options, TimeProvider time, ILogger<ShareLedger> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // A service that is busy is asked again long before one that is away.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Where a limit was set this short ago, some process of a service may not have known of it yet when it counted.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SecondCount = TimeSpan.FromSeconds(11);

    /// <summary>Gives a service more; null where the company has no such limit.</summary>
    public Task<V1.TakeShareResponse?> TakeAsync(V1.TakeShareRequest request, bool evenLess, CancellationToken cancellationToken) => HoldAsync(
        request.Resource, request.Service, (total, shares) => total is { } limit ? new Division(limit, shares).Take(request, evenLess) : null, cancellationToken);

    /// <summary>Asks services for what they do not use.</summary>
    /// <param name="resource">The limit.</param>
    /// <param name="which">Whom.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task GatherAsync(string resource, Func<LimitShare, bool> which, CancellationToken cancellationToken)
    {
        var asked = await HoldAsync(resource, null, (total, shares) => Begin(total, shares.Where(which)), cancellationToken);
        var answers = await Task.WhenAll(asked.Select(share => AskAsync(
            share.Service, new V1.ReturnShareRequest { Resource = resource, Round = share.Round, SetTime = share.SetTime.ToTimestamp() }, cancellationToken)));
        await HoldAsync(resource, null, (_, shares) => answers.Count(answer => Hear(shares.Single(share => share.Service == answer.Service), answer)), cancellationToken);
    }

    /// <summary>Shares of limits that were set are made where there are none, and all services are asked what they have.</summary>
    /// <param name="before">The limits until now: what services hold of them they still hold. Of others nothing is known.</param>
    /// <param name="limits">Those from now on.</param>
    /// <param name="now">What time it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task SetAsync(V1.Limits before, V1.Limits limits, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await db.LimitShares.ToListAsync(cancellationToken);
        foreach (var (resource, service) in CompanyLimits.All.Where(limits.Resources.ContainsKey).SelectMany(resource => CompanyLimits.Services.Select(service => (resource, service))))
        {
            var share = known.Find(share => share.Resource == resource && share.Service == service) ?? db.LimitShares.Add(new LimitShare { Resource = resource, Service = service }).Entity;
            if (!before.Resources.ContainsKey(resource))
                share.Forget();
            share.Set(now);
        }
    }

    // Of a limit that is no more nothing is asked.
    private static List<(string Service, long Round, DateTimeOffset SetTime)> Begin(long? total, IEnumerable<LimitShare> shares)
    {
        var asked = new List<(string Service, long Round, DateTimeOffset SetTime)>();
        foreach (var share in shares)
        {
            if (total is null)
                share.DueTime = null;
            else
                asked.Add((share.Service, ++share.Round, share.SetTime));
        }

        return asked;
    }

    private bool Hear(LimitShare share, Answer answer)
    {
        if (answer.IsBusy && share.DueTime is not null)
            share.DueTime = time.GetUtcNow() + Pause;
        if (answer.Returned is not { } returned || !share.Hear(returned.Round, returned.Share, returned.Used))
            return false;
        // Whoever sets the limit meanwhile makes it due again.
        share.DueTime = share.DueTime is null || time.GetUtcNow() >= share.SetTime + Settling ? null : share.SetTime + SecondCount;
        return true;
    }

    private Task<T> HoldAsync<T>(string resource, string? asking, Func<long?, IReadOnlyList<LimitShare>, T> work, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
    {
        db.ChangeTracker.Clear();
        var shares = await db.LimitShares.FromSql($"SELECT * FROM limit_shares WHERE resource = {resource} ORDER BY service FOR UPDATE").ToListAsync(cancellationToken);
        var limits = await db.Tenants.Select(tenant => tenant.Limits).SingleOrDefaultAsync(cancellationToken);
        var isLimited = limits?.Resources.ContainsKey(resource) == true && shares.Count > 0;
        var result = work(isLimited ? limits!.Resources[resource] : null, [.. shares.Concat(isLimited ? AddMissing(resource, shares) : []).Where(share => Counts(share, asking))]);
        await db.SaveChangesAsync(cancellationToken);
        return result;
    }, cancellationToken);

    // A service that the platform did not have yet when the limit was set.
    private List<LimitShare> AddMissing(string resource, List<LimitShare> shares)
    {
        var missing = CompanyLimits.Services.Except(shares.Select(share => share.Service)).Select(service => new LimitShare { Resource = resource, Service = service }).ToList();
        missing.ForEach(share => share.Set(time.GetUtcNow()));
        db.LimitShares.AddRange(missing);
        return missing;
    }

    // A service that is not run has nothing that is not known, and says nothing. One that asks is run, whatever the settings say.
    private bool Counts(LimitShare share, string? asking)
    {
        if (share.Service == asking || !options.Value.NotRun.Contains(share.Service))
            return true;
        share.DueTime = null;
        return share.IsKnown;
    }

    private async Task<Answer> AskAsync(string service, V1.ReturnShareRequest request, CancellationToken cancellationToken)
    {
        // Until the token for the call has been got as well.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return new(service, await services.GetRequiredKeyedService<V1.UsageService.UsageServiceClient>(service)
                .ReturnShareAsync(request, deadline: time.GetUtcNow().UtcDateTime + Patience, cancellationToken: patience.Token), IsBusy: false);
        }
        catch (Exception failure) when (failure is RpcException or HttpRequestException or InvalidOperationException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogUnanswered(logger, service, failure.Message);
            return new(service, null, failure is RpcException { StatusCode: StatusCode.Aborted });
        }
    }

    /// <param name="Service">Who was asked.</param>
    /// <param name="Returned">What it has; null where it does not say, or not now.</param>
    /// <param name="IsBusy">Whether it will say in a moment.</param>
    private sealed record Answer(string Service, V1.ReturnShareResponse? Returned, bool IsBusy);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Service} does not say what it has of a limit ({Reason})")]
    private static partial void LogUnanswered(ILogger logger, string service, string reason);
}
