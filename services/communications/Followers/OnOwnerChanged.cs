using Google.Protobuf.WellKnownTypes;
using Platform.Events;

namespace Platform.Communications.Followers;

/// <summary>
/// A record is looked after by somebody else: who follows it hears of it, who looks after it now, and who did. Many such changes are one
/// notification for each of them, because records are often handed over by the hundred.
/// </summary>
internal static class OnOwnerChanged
{
    private const string Together = "all";

    public static Task Handle(Contacts.V1.OwnerChanged message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) =>
        TellAsync(message.Resource, message.Id, message.Name, (message.FromOwnerId, message.OwnerId), context, cancellationToken);

    public static Task Handle(Deals.V1.OwnerChanged message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) =>
        TellAsync(FollowedKinds.Deal, message.Id, message.Name, (message.FromOwnerId, message.OwnerId), context, cancellationToken);

    public static Task Handle(Platform.Records.V1.OwnerChanged message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) =>
        TellAsync(message.Resource, message.Id, message.Name, (message.FromOwnerId, message.OwnerId), context, cancellationToken);

    private static Task TellAsync(string resource, string id, string name, (string From, string To) owner, EventContext context, CancellationToken cancellationToken)
    {
        if (RecordKey.IdOf(id) is not { } record || !FollowedKinds.IsFollowed(resource))
            return Task.CompletedTask;
        var data = new Struct
        {
            Fields =
            {
                ["event"] = Value.ForString("owner"), ["name"] = Value.ForString(name), ["from"] = Value.ForString(owner.From), ["to"] = Value.ForString(owner.To),
            },
        };
        var happening = new Happening("crm.owner", Together, [new RecordKey(resource, record)], data)
        {
            Actor = RecordKey.IdOf(context.CausedBy),
            Concerned = [.. new[] { RecordKey.IdOf(owner.From) }.OfType<Guid>()],
            Needed = [$"{resource}.owner_id"],
            Shown = new Dictionary<string, string[]> { ["name"] = NamesOf(resource) },
        };
        return context.Services.GetRequiredService<Teller>().TellAsync(happening, cancellationToken);
    }

    private static string[] NamesOf(string resource) => resource is FollowedKinds.Lead or FollowedKinds.Person ? [$"{resource}.first_name", $"{resource}.last_name"] : [$"{resource}.name"];
}
