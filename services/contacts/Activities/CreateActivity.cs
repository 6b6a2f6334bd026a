using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Activities;

internal static class CreateActivity
{
    public sealed class Validator : AbstractValidator<V1.CreateActivityRequest>
    {
        public Validator() => RuleFor(request => request.Activity).NotNull().WithMessage("Send the activity.").SetValidator(new ActivityValidator());
    }

    public static async Task<Result<V1.Activity>> Handle(
        V1.CreateActivityRequest request, ContactsDbContext db, KnownDeals deals, TimeProvider time, CancellationToken cancellationToken) =>
        await TargetCheck.CheckDealAsync(request.Activity, stored: null, deals, cancellationToken) is { } unknown
            ? unknown
            : await db.InTransactionAsync(() => CreateAsync(request.Activity, db, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<V1.Activity>> CreateAsync(V1.Activity message, ContactsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await FindAsync(message, db, cancellationToken) is { } existing)
            return existing.ToMessage();
        message = await db.LeadToSurvivorsAsync(message, cancellationToken);
        if (await TargetCheck.CheckAsync(db, message, stored: null, cancellationToken) is { } missing)
            return missing;
        if (db.Caller.PrepareCustomFields(Activity.Resource.Info, message, stored: null) is { } fault)
            return fault;
        var activity = Activity.Create(message, now);
        db.Activities.Add(activity);
        activity.AssignToOwner();
        Reminders.Plan(db, activity);
        db.Publish(activity.Id, new V1.ActivityCreated { Activity = activity.ToMessage() });
        var error = await db.TrySaveChangesAsync(
            cancellationToken, [new UniqueViolation(ActivityConfiguration.UniqueSource, ActivityErrors.Repeated), .. ActivityErrors.MissingTargets(message)]);
        if (error is null)
            return activity.ToMessage();
        return error == ActivityErrors.Repeated && await FindAsync(message, db, cancellationToken) is { } first ? first.ToMessage() : error;
    }

    private static Task<Activity?> FindAsync(V1.Activity message, ContactsDbContext db, CancellationToken cancellationToken) => message.SourceType.Length == 0
        ? Task.FromResult<Activity?>(null)
        : db.Activities.VisibleTo(db).AsNoTracking().SingleOrDefaultAsync(row => row.SourceType == message.SourceType && row.SourceId == message.SourceId, cancellationToken);
}
