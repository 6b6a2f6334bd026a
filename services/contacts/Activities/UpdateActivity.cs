using FluentValidation;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Activities;

internal static class UpdateActivity
{
    public sealed class Validator : AbstractValidator<V1.UpdateActivityRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Activity).NotNull().WithMessage("Send the activity.");
            RuleFor(request => request.Activity.Id).Id().When(request => request.Activity is not null);
        }
    }

    public static async Task<Result<V1.Activity>> Handle(
        V1.UpdateActivityRequest request, ContactsDbContext db, KnownDeals deals, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LoadAsync(request.Activity.Id, deals, cancellationToken) is not { } activity)
            return ActivityErrors.NotFound(request.Activity.Id);
        if (activity.Kind == V1.ActivityKind.System)
            return ActivityErrors.ReadOnly;
        if (!activity.Matches(request.Activity.Etag))
            return Error.Stale("activity");
        var merged = Masks.Merge(activity.ToMessage(), request.Activity, request.UpdateMask).Validate(new ActivityValidator(), "activity");
        if (merged.IsError)
            return merged.Error;
        if (merged.Value.Kind != activity.Kind)
            return Error.Invalid("activity.kind", "The kind of an activity stays as it is: write another one.");
        return await TargetCheck.CheckDealAsync(merged.Value, activity, deals, cancellationToken) is { } unknown
            ? unknown
            : await db.InTransactionAsync(() => UpdateAsync(activity, merged.Value, db, time.GetUtcNow(), cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.Activity>> UpdateAsync(Activity activity, V1.Activity merged, ContactsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var message = await db.LeadToSurvivorsAsync(merged, cancellationToken);
        if (await TargetCheck.CheckAsync(db, message, activity, cancellationToken) is { } missing)
            return missing;
        if (db.Caller.PrepareCustomFields(Activity.Resource.Info, message, activity.CustomFields) is { } fault)
            return fault;
        var (reminded, wasOpen, wasDone) = (activity.RemindTime, activity.IsOpen, activity.CompleteTime is not null);
        var (mentioned, before) = (activity.MentionedUserIds, ActivityTargets.Of(activity));
        activity.Update(message, now);
        if (reminded != activity.RemindTime || wasOpen != activity.IsOpen)
            await Reminders.PlanAnewAsync(db, activity, mayBeOver: reminded != activity.RemindTime, now, cancellationToken);
        db.Publish(activity.Id, new V1.ActivityUpdated
        {
            Activity = activity.ToMessage(),
            MentionedUserIds = { activity.MentionedUserIds.Except(mentioned).Select(id => id.ToString()) },
            Left = before.Without(ActivityTargets.Of(activity)).ToMessage(),
        });
        if (!wasDone && activity.CompleteTime is not null)
            db.Publish(activity.Id, new V1.ActivityCompleted { Activity = activity.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken, ActivityErrors.MissingTargets(message)) is { } error ? error : activity.ToMessage();
    }
}
