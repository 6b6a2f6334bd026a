using Platform.Contacts.V1;
using Platform.Events;

namespace Platform.Communications.Followers;

/// <summary>An entry came onto timelines: those hear of it who follow the records, and those whom it speaks to.</summary>
internal static class OnActivityCreated
{
    // The rule by which a lead got its owner is on the timeline; that it has another one is told by itself.
    private const string Assignment = "platform.lead-assignment";

    public static Task Handle(ActivityCreated message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) =>
        message is { Restored: false, Activity: { } activity } && activity.SourceType != Assignment
            ? context.Services.GetRequiredService<Teller>().TellAsync(TimelineNews.Of(activity, activity.MentionedUserIds, isNews: true, context), cancellationToken)
            : Task.CompletedTask;
}
