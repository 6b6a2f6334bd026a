using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Access.Fields;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Duplicates;

internal static class UpdateDuplicateRules
{
    public sealed class Validator : AbstractValidator<V1.UpdateDuplicateRulesRequest>
    {
        public Validator() => RuleFor(request => request.Rules).NotNull().WithMessage("Send the rules.").SetValidator(new DuplicateRuleValidator());
    }

    public static async Task<Result<V1.DuplicateRules>> Handle(V1.UpdateDuplicateRulesRequest request, ContactsDbContext db, CustomFieldDirectory fields, TimeProvider time, CancellationToken cancellationToken)
    {
        await fields.LoadAsync(db.Caller, cancellationToken);
        return FindUnknown(request.Rules, db.Caller) is { } fault ? fault : await db.InTransactionAsync(() => SetAsync(request.Rules, db, time.GetUtcNow(), cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.DuplicateRules>> SetAsync(V1.DuplicateRules rules, ContactsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var set = await db.DuplicateRuleSets.SingleOrDefaultAsync(row => row.Resource == rules.Resource, cancellationToken);
        // The platform's own rules have no version.
        if (set is null ? rules.Etag.Length > 0 : !set.Matches(rules.Etag))
            return Error.Stale("set of rules");
        if (set is null)
            db.DuplicateRuleSets.Add(set = new DuplicateRuleSet { Resource = rules.Resource, CreateTime = now });
        set.Set(rules, now);
        await SweepDuplicates.BeginAsync(db, now, cancellationToken);
        if (await db.TrySaveChangesAsync(cancellationToken, new UniqueViolation("ix_duplicate_rule_sets_tenant_id_resource", Error.Stale("set of rules")), SweepDuplicates.Raced) is { } error)
            return error;
        // What was found by other rules may tell of fields that these do not compare; the sweep finds anew what matches.
        await db.DuplicatePairs.Where(pair => pair.Resource == rules.Resource && !pair.Dismissed).ExecuteDeleteAsync(cancellationToken);
        return set.ToMessage();
    }

    // What a custom field is called only the company's own fields tell.
    private static Error? FindUnknown(V1.DuplicateRules rules, Caller caller)
    {
        var resource = DuplicateKind.Find(rules.Resource)!.Resource;
        foreach (var (i, rule) in rules.Rules.Index())
        {
            foreach (var (j, condition) in rule.Conditions.Index().Where(one => one.Item.Field.StartsWith(ResourceInfo.CustomFieldsPrefix, StringComparison.Ordinal)))
            {
                if (caller.CustomFields is not { } fields)
                    return CustomFieldErrors.Unavailable;
                if (fields.Of(resource.Name)?.Find(condition.Field[ResourceInfo.CustomFieldsPrefix.Length..]) is null || !caller.CanRead(resource, condition.Field))
                    return Error.Invalid($"rules.rules[{i}].conditions[{j}].field", Say($"There is no field '{condition.Field}' that you may read: define it first."));
            }
        }

        return null;
    }
}
