using System.Collections.Frozen;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Access;
using Platform.Auditing;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Languages;
using Platform.Monetary.Rates;
using Platform.Tenancy;

namespace Platform.Bulk;

/// <summary>Scopes in which jobs are worked on: of the platform for the job itself, of whoever began it for the records.</summary>
internal sealed class BulkScopes(IServiceScopeFactory scopes, AccessDirectory directory, BulkKinds kinds, TimeProvider time, IOptions<BulkOptions> options)
{
    /// <summary>How long a process may be silent until another one takes its job; each batch renews it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    public DateTimeOffset Now => time.GetUtcNow();

    public BulkOptions Options => options.Value;

    /// <summary>Works on the job itself.</summary>
    public async Task<T> AsPlatformAsync<T>(Guid tenant, Func<PlatformDbContext, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "bulk");
        return await work(scope.ServiceProvider.GetRequiredService<UnitOfWork>().Context);
    }

    /// <summary>Works on its records, with the rights that whoever began it still has. Null where they do not suffice any more: the job has failed then.</summary>
    /// <exception cref="InvalidOperationException">The rights, or the company's fields, cannot be asked for: it is tried again in a moment.</exception>
    public async Task<T?> AsActorAsync<T>(Guid tenant, BulkJob job, Func<BulkScope, BulkKind, Task<T?>> work, CancellationToken cancellationToken)
        where T : class
    {
        await using var scope = scopes.CreateAsyncScope();
        var (services, actor, kind) = (scope.ServiceProvider, job.ToActor(), kinds.Find(job.Resource)!);
        SpokenLanguage.Speak(actor.Language);
        services.GetRequiredService<AuditOrigin>().Work = "bulk";
        var caller = services.GetRequiredService<Caller>();
        await SignInAsync(caller, tenant, actor, cancellationToken);
        var permission = BulkChecks.PermissionFor(job.Operation, kind.Resource.Info);
        if (!caller.Permissions.Contains(permission))
        {
            await FailAsync(tenant, job.Id, caller.Standing.Refusal(permission).Spoken(), cancellationToken);
            return null;
        }

        await services.GetRequiredService<CustomFieldDirectory>().RequireAsync(caller, cancellationToken);
        // Before any transaction, as in calls.
        if ((caller.CustomFields is { HasRates: true } || kind.IsReported) && services.GetService<ReportingRates>() is { } rates)
            await rates.EnsureUnlessAwayAsync(cancellationToken);
        return await work(new BulkScope(services.GetRequiredService<UnitOfWork>().Context, services), kind);
    }

    /// <summary>Ends the job in the open transaction, and tells whoever began it.</summary>
    public async Task EndAsync(PlatformDbContext db, BulkJob job, CancellationToken cancellationToken)
    {
        await db.Set<BulkChore>().Where(chore => chore.JobId == job.Id).ExecuteDeleteAsync(cancellationToken);
        db.Set<BulkChore>().Add(new BulkChore { JobId = job.Id, Kind = BulkChoreKind.Forget, DueTime = (job.EndTime ?? Now) + Options.UndoWithin });
        var actor = job.ToActor();
        var person = actor.Kind == nameof(CallerKind.Person) ? actor.Subject : actor.OnBehalfOf;
        db.Publish(job.Id, kinds.Ended(job.ToMessage(Options.UndoWithin), Guid.TryParse(person, out _) ? person : ""));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>It cannot go on; where it was being taken back, somebody else still can.</summary>
    public Task FailAsync(Guid tenant, Guid id, Error error, CancellationToken cancellationToken) => AsPlatformAsync(tenant, db => db.InTransactionAsync(async () =>
    {
        if (await db.HoldAsync(id, cancellationToken) is not { IsOver: false } job)
            return false;
        job.Fail(error.Code, error.Message, Now);
        await EndAsync(db, job, cancellationToken);
        return true;
    }, cancellationToken));

    /// <summary>Until when this process has the job, in the open transaction.</summary>
    public static Task RenewAsync(PlatformDbContext db, Guid job, TimeSpan from, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"UPDATE bulk_chores SET due_time = now() + {from} WHERE tenant_id = {db.Caller.RequiredTenantId} AND job_id = {job} AND kind <> {nameof(BulkChoreKind.Forget)}", cancellationToken);

    /// <summary>Does a turn of a job. Where it fails, or has not ended, whoever looks next may go on at once: each batch has moved the lease.</summary>
    /// <param name="tenant">Whose job it is.</param>
    /// <param name="job">The job.</param>
    /// <param name="turn">The work; whether nothing is left of it.</param>
    /// <exception cref="InvalidOperationException">What it needs is away: it is tried again.</exception>
    public async Task KeepAsync(Guid tenant, Guid job, Func<Task<bool>> turn)
    {
        var isDone = false;
        try
        {
            isDone = await turn();
        }
        catch (RpcException failure)
        {
            throw new InvalidOperationException("Another service does not answer.", new TimeoutException(failure.Message));
        }
        finally
        {
            if (!isDone)
                await GiveBackAsync(tenant, job);
        }
    }

    // The lease ends by itself where the database is away; what is told is why the work failed.
    private async Task GiveBackAsync(Guid tenant, Guid job)
    {
        using var patience = new CancellationTokenSource(Farewell);
        try
        {
            await AsPlatformAsync(tenant, async db =>
            {
                await RenewAsync(db, job, TimeSpan.Zero, patience.Token);
                return true;
            });
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or InvalidOperationException or OperationCanceledException or TimeoutException or ObjectDisposedException)
        {
            return;
        }
    }

    private async Task SignInAsync(Caller caller, Guid tenant, V1.BulkActor actor, CancellationToken cancellationToken)
    {
        var kind = Enum.Parse<CallerKind>(actor.Kind);
        var granted = actor.Permissions.ToFrozenSet(StringComparer.Ordinal);
        if (kind is not (CallerKind.Person or CallerKind.Support))
        {
            var (left, standing) = await LeftOfAsync(kind, tenant, actor, granted, cancellationToken);
            caller.Resume(kind, tenant, actor.Subject, actor.OnBehalfOf, left, access: null, standing);
            return;
        }

        var access = await AccessOfAsync(tenant, actor.Subject, cancellationToken);
        if (kind == CallerKind.Support && !access.IsSupport(Now))
            access = PersonAccess.None;
        caller.Resume(kind, tenant, actor.Subject, access.SupportGrantId.Length > 0 ? $"support-grants/{access.SupportGrantId}" : "", granted.Where(access.Permissions.Contains).ToFrozenSet(StringComparer.Ordinal), access);
    }

    // A key may be gone by now, or may do less; of a service account only the company is asked, by way of the person for whom it works.
    private async Task<(FrozenSet<string> Permissions, TenantStanding Standing)> LeftOfAsync(CallerKind kind, Guid tenant, V1.BulkActor actor, FrozenSet<string> granted, CancellationToken cancellationToken)
    {
        var isKey = kind == CallerKind.ApiKey;
        if (!Guid.TryParse(isKey ? actor.Subject : actor.OnBehalfOf, out var asked))
            return (granted, TenantStanding.Usual);
        var access = await AccessOfAsync(tenant, asked.ToString(), cancellationToken);
        return (isKey ? granted.Where(access.Permissions.Contains).ToFrozenSet(StringComparer.Ordinal) : access.Standing.IsSuspended ? FrozenSet<string>.Empty : granted, access.Standing);
    }

    private async Task<PersonAccess> AccessOfAsync(Guid tenant, string subject, CancellationToken cancellationToken)
    {
        try
        {
            return await directory.GetAsync(tenant, subject, "", cancellationToken);
        }
        catch (Exception failure) when (failure is RpcException or HttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException("The rights of whoever began a job cannot be asked for.", new TimeoutException(failure.Message));
        }
    }
}
