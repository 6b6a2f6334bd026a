using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Tenants.Tenants;
using Platform.Validation;

namespace Platform.Tenants.SupportAccess;

internal static class RequestSupportAccess
{
    public sealed class Validator : AbstractValidator<V1.RequestSupportAccessRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("Say why: the administrators read it.").Text(1000);
            RuleFor(request => request.Duration)
                .Must(duration => duration is { Nanos: >= 0 and < 1_000_000_000 } && duration.Seconds >= SupportRules.Shortest.TotalSeconds && duration.Seconds <= SupportRules.Longest.TotalSeconds)
                .WithMessage("Use 60s to 28800s (8 hours).");
        }
    }

    public static async Task<Result<V1.SupportGrant>> Handle(
        V1.RequestSupportAccessRequest request, string name, TenantsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (db.Caller.Kind != CallerKind.Support || !Guid.TryParse(db.Caller.Subject, out var user))
            return Error.PermissionDenied(Permissions.Support);
        if (await db.StandingAsync(cancellationToken) is not { State: not V1.TenantState.Purged })
            return TenantErrors.NotFound;
        var now = time.GetUtcNow();
        // What has run out stands in nobody's way, whether that was told of or not.
        foreach (var grant in await db.SupportGrants.Where(grant => grant.SupportUserId == user && grant.State == V1.SupportGrantState.Granted).ToListAsync(cancellationToken))
        {
            if (grant.TryExpire(now))
                await db.PublishAsync(grant, now, cancellationToken);
        }

        return await AddAsync(SupportGrant.Request(user, name, request, now), db, now, cancellationToken);
    }

    private static async Task<Result<V1.SupportGrant>> AddAsync(SupportGrant grant, TenantsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.SupportGrants.Add(grant);
        await db.PublishAsync(grant, now, cancellationToken);
        return await db.TrySaveChangesAsync(cancellationToken, SupportRules.Open) is { } error ? error : grant.ToMessage(now);
    }
}
