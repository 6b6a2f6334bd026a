using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Metadata.Shapes;

internal static class GetShape
{
    public static async Task<Result<TMessage>> Handle<TShape, TMessage>(ShapeKind<TShape, TMessage> kind, string id, ShapeWork work, CancellationToken cancellationToken)
        where TShape : Shape<TMessage>, new()
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new() =>
        await kind.LoadAsync(id, work, cancellationToken) is { } shape ? await ShapeReply.OfAsync(kind, shape, work, cancellationToken) : Error.NotFound(kind.Noun, id);

    /// <summary>The row where the caller may know of it.</summary>
    public static async Task<TShape?> LoadAsync<TShape, TMessage>(this ShapeKind<TShape, TMessage> kind, string id, ShapeWork work, CancellationToken cancellationToken)
        where TShape : Shape<TMessage>, new()
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new() =>
        Guid.TryParse(id, out var known) ? await kind.SeenBy(work.Db.Set<TShape>(), work.Caller).SingleOrDefaultAsync(row => row.Id == known, cancellationToken) : null;
}
