using Platform.Metadata.Shapes;

namespace Platform.Metadata.Views;

/// <summary>A way to look at the records of a resource that somebody keeps.</summary>
internal sealed class SavedView : OwnedShape<V1.SavedView>
{
    public string Resource { get; private set; } = "";

    public override void Update(V1.SavedView message, DateTimeOffset now)
    {
        base.Update(message, now);
        Resource = message.Resource;
    }
}
