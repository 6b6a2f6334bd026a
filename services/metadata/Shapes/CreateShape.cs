using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Metadata.Shapes;

internal static class CreateShape
{
    public static Task<Result<TMessage>> Handle<TShape, TMessage>(ShapeKind<TShape, TMessage> kind, TMessage? message, ShapeWork work, CancellationToken cancellationToken)
        where TShape : Shape<TMessage>, new()
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new() =>
        kind.ChangeAsync(work, () => MakeAsync(kind, message ?? new TMessage(), work, cancellationToken), cancellationToken);

    private static async Task<Result<TMessage>> MakeAsync<TShape, TMessage>(ShapeKind<TShape, TMessage> kind, TMessage message, ShapeWork work, CancellationToken cancellationToken)
        where TShape : Shape<TMessage>, new()
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new()
    {
        var valid = ((Result<TMessage>)message).Validate(kind.Validator, kind.Root);
        if (valid.IsError)
            return valid.Error;
        if (kind.MayWrite(message, work.Caller) is { } denied)
            return denied;
        if (!work.IsTolerant && await kind.FaultsAsync(message, work, cancellationToken) is { Count: > 0 } faults)
            return Fault.ToError(faults, kind.Root);
        var now = work.Time.GetUtcNow();
        var settled = kind.Settle(message.Clone(), work.Caller);
        var shape = new TShape { CreateTime = now, Scope = kind.ScopeOf(settled, work.Caller) };
        if (await work.Db.Set<TShape>().CountAsync(row => row.Scope == shape.Scope, cancellationToken) >= kind.Limit)
            return ShapeErrors.TooMany(kind.Codes, kind.Limit);
        shape.Key = ShapeMessage.Text(settled, "key") is { Length: > 0 } key ? key : $"{kind.Noun}_{shape.Id:N}";
        ShapeMessage.Set(settled, "key", shape.Key);
        shape.Update(settled, now);
        work.Db.Set<TShape>().Add(shape);
        await kind.TellAsync(shape, deleted: false, work, cancellationToken);
        if (await work.Db.TrySaveChangesAsync(cancellationToken, kind.KeyTaken(shape.Key)) is { } error)
            return error;
        return await ShapeReply.OfAsync(kind, shape, work, cancellationToken);
    }
}
