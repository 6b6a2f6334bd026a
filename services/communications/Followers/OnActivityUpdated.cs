using Platform.Contacts.V1;
using Platform.Events;

namespace Platform.Communications.Followers;

/// <summary>An entry speaks to more people than before: they hear of it, and nobody else.</summary>
internal static class OnActivityUpdated
{
    public static Task Handle(ActivityUpdated message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) =>
        message is { Activity: { } activity, MentionedUserIds.Count: > 0 }
            ? context.Services.GetRequiredService<Teller>().TellAsync(TimelineNews.Of(activity, message.MentionedUserIds, isNews: false, context), cancellationToken)
            : Task.CompletedTask;
}
