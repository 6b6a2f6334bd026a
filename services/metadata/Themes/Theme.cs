using Platform.Metadata.Shapes;

namespace Platform.Metadata.Themes;

/// <summary>Colours and logo of a company.</summary>
internal sealed class Theme : Shape<V1.Theme>
{
    /// <summary>Whether it is the one in use.</summary>
    public bool Active { get; private set; }

    public override void Update(V1.Theme message, DateTimeOffset now)
    {
        base.Update(message, now);
        Active = message.Active;
    }
}
