using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Duplicates;

internal static class UpdateDuplicateRules
{
    public sealed class Validator : AbstractValidator<V1.UpdateDuplicateRulesRequest>
    {
        public Validator() => RuleFor(request => request.Rules).NotNull().WithMessage("Send the rules.").SetValidator(new DuplicateRuleValidator());
    }

    public static async Task<Result<V1.DuplicateRules>> Handle(V1.UpdateDuplicateRulesRequest request, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var (now, rules) = (time.GetUtcNow(), request.Rules);
        var set = await db.DuplicateRuleSets.SingleOrDefaultAsync(row => row.Resource == rules.Resource, cancellationToken);
        // The platform's own rules have no version.
        if (set is null ? rules.Etag.Length > 0 : !set.Matches(rules.Etag))
            return Error.Stale("set of rules");
        if (set is null)
            db.DuplicateRuleSets.Add(set = new DuplicateRuleSet { Resource = rules.Resource, CreateTime = now });
        set.Set(rules, now);
        await SweepDuplicates.BeginAsync(db, now, cancellationToken);
        return await db.TrySaveChangesAsync(cancellationToken, new UniqueViolation("ix_duplicate_rule_sets_tenant_id_resource", Error.Stale("set of rules")), SweepDuplicates.Raced) is { } error
            ? error : set.ToMessage();
    }
}
