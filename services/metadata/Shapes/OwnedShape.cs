using Google.Protobuf;

namespace Platform.Metadata.Shapes;

/// <summary>A shape of one person, of a team, or of the company.</summary>
internal abstract class OwnedShape<TMessage> : Shape<TMessage>
    where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new()
{
    /// <summary>Whose it is, where it is private.</summary>
    public Guid? OwnerId { get; private set; }

    /// <summary>The team that it belongs to, where it does.</summary>
    public Guid? TeamId { get; private set; }

    public override void Update(TMessage message, DateTimeOffset now)
    {
        base.Update(message, now);
        OwnerId = ShapeMessage.Text(message, "owner_id").ToId();
        TeamId = ShapeMessage.Text(message, "team_id").ToId();
    }
}
