using FluentValidation;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.Access;

namespace Platform.Tenants.Policies;

internal static class CreatePolicy
{
    public sealed class Validator : AbstractValidator<V1.CreatePolicyRequest>
    {
        public Validator() => RuleFor(request => request.Policy).NotNull().WithMessage("Send the policy.").SetValidator(new PolicyValidator());
    }

    public static Task<Result<V1.Policy>> Handle(V1.CreatePolicyRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeAccessAsync(directory, () => CreateAsync(request.Policy, db, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<V1.Policy>> CreateAsync(V1.Policy message, TenantsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.CheckSubjectsAsync(message.Subjects, cancellationToken) is { } unknown)
            return unknown;
        var policy = Policy.Create(message, now);
        db.Policies.Add(policy);
        if (await db.TrySaveChangesAsync(cancellationToken, PolicyErrors.NameTaken) is { } error)
            return error;
        return await db.CheckAdministratorsAsync(policy.Resource, cancellationToken) is { } refusal ? refusal : policy.ToMessage();
    }
}
