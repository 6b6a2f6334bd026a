using Google.Protobuf;
using Platform.Data;

namespace Platform.Metadata.Shapes;

/// <summary>A piece of how a company shaped the platform, kept as its message: a dictionary, a view, a layout, a dashboard, a theme.</summary>
internal abstract class Shape<TMessage> : Entity
    where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new()
{
    /// <summary>Within what the key is unique: a resource, a person; empty for the company.</summary>
    public string Scope { get; set; } = "";

    /// <summary>The stable name.</summary>
    public string Key { get; set; } = "";

    /// <summary>What was said of it.</summary>
    public TMessage Definition { get; private set; } = new();

    /// <summary>Takes the message; what of it is searched for is taken by the kind itself.</summary>
    public virtual void Update(TMessage message, DateTimeOffset now)
    {
        Definition = ShapeMessage.Bare(message);
        UpdateTime = now;
    }

    public virtual TMessage ToMessage()
    {
        var message = Definition.Clone();
        ShapeMessage.Stamp(message, Id.ToString(), Etag, CreateTime, UpdateTime);
        return message;
    }
}
