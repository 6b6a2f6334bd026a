using Google.Protobuf;
using Platform.Errors;

namespace Platform.Metadata.Shapes;

internal static class ShapeReply
{
    /// <summary>The shape as the caller is told of it.</summary>
    public static async Task<Result<TMessage>> OfAsync<TShape, TMessage>(ShapeKind<TShape, TMessage> kind, TShape shape, ShapeWork work, CancellationToken cancellationToken)
        where TShape : Shape<TMessage>, new()
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new()
    {
        var message = shape.ToMessage();
        await kind.DressAsync([message], work, cancellationToken);
        return message;
    }
}
