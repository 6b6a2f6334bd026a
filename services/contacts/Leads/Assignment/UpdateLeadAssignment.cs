using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering;

namespace Platform.Contacts.Leads.Assignment;

internal static class UpdateLeadAssignment
{
    public sealed class Validator : AbstractValidator<V1.UpdateLeadAssignmentRequest>
    {
        public Validator() => RuleFor(request => request.Assignment).NotNull().WithMessage("Send the rules.").SetValidator(new LeadAssignmentValidator());
    }

    public static async Task<Result<V1.LeadAssignment>> Handle(V1.UpdateLeadAssignmentRequest request, ContactsDbContext db, CustomFieldDirectory fields, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await fields.TryLoadAsync(db.Caller, cancellationToken) is { } unavailable)
            return unavailable;
        var context = FilterContext.Of(db, time);
        if (LeadConditions.FindFault(request.Assignment.Rules.Select(rule => rule.Filter), "assignment.rules", filter => LeadConditions.Bind(filter, context, strict: true), context) is { } fault)
            return fault;
        var set = await db.LeadAssignments.SingleOrDefaultAsync(cancellationToken);
        if (set is null ? request.Assignment.Etag.Length > 0 : !set.Matches(request.Assignment.Etag))
            return Error.Stale("set of rules");
        if (set is null)
            db.LeadAssignments.Add(set = new LeadAssignmentSet { CreateTime = time.GetUtcNow() });
        set.Set(request.Assignment, time.GetUtcNow());
        return await db.TrySaveChangesAsync(cancellationToken, new UniqueViolation(LeadAssignmentSet.UniqueTenant, Error.Stale("set of rules"))) is { } error ? error : set.ToMessage();
    }
}
