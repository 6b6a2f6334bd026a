using FluentValidation;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.Access;
using Platform.Validation;

namespace Platform.Tenants.Policies;

internal static class UpdatePolicy
{
    public sealed class Validator : AbstractValidator<V1.UpdatePolicyRequest>
    {
        public Validator() => RuleFor(request => request.Policy).NotNull().WithMessage("Send the policy.");
    }

    public static Task<Result<V1.Policy>> Handle(V1.UpdatePolicyRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeAccessAsync(directory, () => ChangeAsync(request, db, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<V1.Policy>> ChangeAsync(V1.UpdatePolicyRequest request, TenantsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.LoadPolicyAsync(request.Policy.Id, cancellationToken) is not { } policy)
            return PolicyErrors.NotFound(request.Policy.Id);
        if (!policy.Matches(request.Policy.Etag))
            return Error.Stale("policy");
        var merged = Masks.Merge(policy.ToMessage(), request.Policy, request.UpdateMask).Validate(new PolicyValidator(), "policy");
        if (merged.IsError)
            return merged.Error;
        if (await db.CheckSubjectsAsync(merged.Value.Subjects, cancellationToken) is { } unknown)
            return unknown;
        var before = policy.Resource;
        policy.Update(merged.Value, now);
        if (await db.TrySaveChangesAsync(cancellationToken, PolicyErrors.NameTaken) is { } error)
            return error;
        var refusal = await db.CheckAdministratorsAsync(before, cancellationToken) ?? await db.CheckAdministratorsAsync(policy.Resource, cancellationToken);
        return refusal is null ? policy.ToMessage() : refusal;
    }
}
