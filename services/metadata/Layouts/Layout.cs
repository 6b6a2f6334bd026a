using Platform.Metadata.Shapes;

namespace Platform.Metadata.Layouts;

/// <summary>How a form, a list or a card of a resource is laid out.</summary>
internal sealed class Layout : Shape<V1.Layout>
{
    public string Resource { get; private set; } = "";

    public override void Update(V1.Layout message, DateTimeOffset now)
    {
        base.Update(message, now);
        Resource = message.Resource;
    }
}
