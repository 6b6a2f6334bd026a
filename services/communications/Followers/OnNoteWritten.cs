using Google.Protobuf.WellKnownTypes;
using Platform.Events;
using Platform.Records.V1;

namespace Platform.Communications.Followers;

/// <summary>Somebody wrote a note on a record of the company's own objects, or speaks to more people in one.</summary>
internal static class OnNoteWritten
{
    public static Task Handle(NoteWritten message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken)
    {
        if (RecordKey.IdOf(message.RecordId) is not { } record || !FollowedKinds.IsFollowed(message.Resource))
            return Task.CompletedTask;
        var data = new Struct
        {
            Fields =
            {
                ["event"] = Value.ForString("activity"),
                ["entry"] = Value.ForString(message.NoteId),
                ["what"] = Value.ForString("note"),
                ["subject"] = Value.ForString(message.Text),
            },
        };
        var happening = new Happening("crm.news", null, [new RecordKey(message.Resource, record)], data)
        {
            Actor = RecordKey.IdOf(context.CausedBy),
            Mentioned = RecordKey.IdsOf(message.MentionedUserIds),
            IsNews = !message.Rewritten,
        };
        return context.Services.GetRequiredService<Teller>().TellAsync(happening, cancellationToken);
    }
}
