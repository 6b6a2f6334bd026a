using Platform.Metadata.Shapes;

namespace Platform.Metadata.Views;

/// <summary>A way to look at the records of a resource that somebody keeps.</summary>
internal sealed class SavedView : Shape<V1.SavedView>
{
    public string Resource { get; private set; } = "";

    /// <summary>Whose it is, where it is private.</summary>
    public Guid? OwnerId { get; private set; }

    /// <summary>The team that it belongs to, where it does.</summary>
    public Guid? TeamId { get; private set; }

    public override void Update(V1.SavedView message, DateTimeOffset now)
    {
        base.Update(message, now);
        Resource = message.Resource;
        OwnerId = message.OwnerId.ToId();
        TeamId = message.TeamId.ToId();
    }
}
