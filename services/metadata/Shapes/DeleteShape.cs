using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Errors;

namespace Platform.Metadata.Shapes;

internal static class DeleteShape
{
    public static Task<Result<Empty>> Handle<TShape, TMessage>(
        ShapeKind<TShape, TMessage> kind, string id, string etag, ShapeWork work, CancellationToken cancellationToken)
        where TShape : Shape<TMessage>, new()
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new() =>
        kind.ChangeAsync(work, () => RemoveAsync(kind, id, etag, work, cancellationToken), cancellationToken);

    private static async Task<Result<Empty>> RemoveAsync<TShape, TMessage>(
        ShapeKind<TShape, TMessage> kind, string id, string etag, ShapeWork work, CancellationToken cancellationToken)
        where TShape : Shape<TMessage>, new()
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new()
    {
        if (await kind.LoadAsync(id, work, cancellationToken) is not { } shape)
            return Error.NotFound(kind.Noun, id);
        if (!shape.Matches(etag))
            return Error.Stale(kind.Noun);
        if ((kind.MayWrite(shape.ToMessage(), work.Caller) ?? await kind.MayDeleteAsync(shape, work, cancellationToken)) is { } refused)
            return refused;
        work.Db.Set<TShape>().Remove(shape);
        await kind.TellAsync(shape, deleted: true, work, cancellationToken);
        return await work.Db.TrySaveChangesAsync(cancellationToken) is { } error ? error : new Empty();
    }
}
