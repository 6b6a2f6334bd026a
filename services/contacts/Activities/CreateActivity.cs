using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.Merging;
using Platform.Contacts.People;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Activities;

internal static class CreateActivity
{
    private static readonly Error Repeated = Error.AlreadyExists("ACTIVITY_REPEATED", "This entry was written already.");

    public sealed class Validator : AbstractValidator<V1.CreateActivityRequest>
    {
        public Validator() => RuleFor(request => request.Activity).NotNull().WithMessage("Send the activity.").SetValidator(new ActivityValidator());
    }

    public static Task<Result<V1.Activity>> Handle(V1.CreateActivityRequest request, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => CreateAsync(request.Activity, db, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<V1.Activity>> CreateAsync(V1.Activity message, ContactsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await FindAsync(message, db, cancellationToken) is { } existing)
            return existing.ToMessage();
        message = await LeadToSurvivorsAsync(message, db, cancellationToken);
        if (message.LeadId.ToIdOrNull() is { } leadId && await CheckLeadAsync(leadId, db, cancellationToken) is { } refused)
            return refused;
        if (await FindInvisibleAsync(message, db, cancellationToken) is { } invisible)
            return invisible;
        var activity = Activity.Create(message, now);
        db.Activities.Add(activity);
        var error = await db.TrySaveChangesAsync(cancellationToken, [new UniqueViolation(ActivityConfiguration.UniqueSource, Repeated), .. MissingTargets(message)]);
        if (error is null)
            return activity.ToMessage();
        return error == Repeated && await FindAsync(message, db, cancellationToken) is { } first ? first.ToMessage() : error;
    }

    private static Task<Activity?> FindAsync(V1.Activity message, ContactsDbContext db, CancellationToken cancellationToken) => message.SourceType.Length == 0
        ? Task.FromResult<Activity?>(null)
        : db.Activities.AsNoTracking().SingleOrDefaultAsync(row => row.SourceType == message.SourceType && row.SourceId == message.SourceId, cancellationToken);

    // Who noted an id before its record was merged writes to the timeline that goes on.
    private static async Task<V1.Activity> LeadToSurvivorsAsync(V1.Activity message, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var led = message.Clone();
        if (message.PersonId.ToIdOrNull() is { } person && await db.SurvivorOfAsync(Person.Resource, person, cancellationToken) is { } stayed)
            led.PersonId = stayed.ToString();
        if (message.CompanyId.ToIdOrNull() is { } company && await db.SurvivorOfAsync(Company.Resource, company, cancellationToken) is { } other)
            led.CompanyId = other.ToString();
        return led;
    }

    private static async Task<Error?> CheckLeadAsync(Guid id, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var lead = await db.Leads.LockedForShare(id).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (lead is null)
            return Error.Invalid("activity.leadId", $"There is no lead with id '{id}'.");
        return lead.IsConverted ? LeadErrors.AlreadyConverted(lead) : null;
    }

    // The database knows the targets that exist; which of them the caller sees, the policies say.
    private static async Task<Error?> FindInvisibleAsync(V1.Activity message, ContactsDbContext db, CancellationToken cancellationToken)
    {
        if (db.Caller.Access is null)
            return null;
        if (message.PersonId.ToIdOrNull() is { } person && !await db.People.AnyAsync(row => row.Id == person, cancellationToken))
            return Error.Invalid("activity.personId", $"There is no person with id '{person}'.");
        return message.CompanyId.ToIdOrNull() is { } company && !await db.Companies.AnyAsync(row => row.Id == company, cancellationToken)
            ? Error.Invalid("activity.companyId", $"There is no company with id '{company}'.")
            : null;
    }

    private static ForeignKeyViolation[] MissingTargets(V1.Activity message) =>
    [
        new(ActivityConfiguration.LeadKey, Error.Invalid("activity.leadId", $"There is no lead with id '{message.LeadId}'.")),
        new(ActivityConfiguration.PersonKey, Error.Invalid("activity.personId", $"There is no person with id '{message.PersonId}'.")),
        new(ActivityConfiguration.CompanyKey, Error.Invalid("activity.companyId", $"There is no company with id '{message.CompanyId}'.")),
    ];
}
