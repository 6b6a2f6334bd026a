using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Platform.Contacts.V1;
using Platform.Events;

namespace Platform.Communications.Notifications;

/// <summary>Somebody is told of an activity when its time has come, within the application.</summary>
internal static class OnActivityReminded
{
    public static Task Handle(ActivityReminded message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken)
    {
        if (message.Activity is not { } activity || !Guid.TryParse(message.UserId, out var user))
            return Task.CompletedTask;
        var due = (activity.DueTime ?? (activity.Kind == ActivityKind.Task ? null : activity.OccurTime))?.ToDateTimeOffset();
        var data = new Struct
        {
            Fields =
            {
                ["activity"] = Value.ForString(activity.Id),
                ["subject"] = Value.ForString(activity.Subject),
                ["lead"] = Value.ForString(activity.LeadId),
                ["person"] = Value.ForString(activity.PersonId),
                ["company"] = Value.ForString(activity.CompanyId),
                ["deal"] = Value.ForString(activity.DealId),
                ["date"] = Value.ForString(due?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? ""),
                ["time"] = Value.ForString(due?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? ""),
            },
        };
        return new Notice("activity-reminder", "contacts.activity-reminder", data, activity.Id).SendAsync(user, name: "", email: "", db, context, cancellationToken);
    }
}
