using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Metadata.Shapes;

internal static class UpdateShape
{
    public static Task<Result<TMessage>> Handle<TShape, TMessage>(
        ShapeKind<TShape, TMessage> kind, TMessage? change, FieldMask? mask, ShapeWork work, CancellationToken cancellationToken)
        where TShape : Shape<TMessage>, new()
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new() =>
        kind.ChangeAsync(work, () => ChangeAsync(kind, change ?? new TMessage(), mask, work, cancellationToken), cancellationToken);

    private static async Task<Result<TMessage>> ChangeAsync<TShape, TMessage>(
        ShapeKind<TShape, TMessage> kind, TMessage change, FieldMask? mask, ShapeWork work, CancellationToken cancellationToken)
        where TShape : Shape<TMessage>, new()
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new()
    {
        if (await kind.LoadAsync(ShapeMessage.Text(change, "id"), work, cancellationToken) is not { } shape)
            return Error.NotFound(kind.Noun, ShapeMessage.Text(change, "id"));
        if (!shape.Matches(ShapeMessage.Text(change, "etag")))
            return Error.Stale(kind.Noun);
        var current = shape.ToMessage();
        var merged = Masks.Merge(current, change, mask).Validate(kind.Validator, kind.Root);
        if (merged.IsError)
            return merged.Error;
        if ((kind.MayWrite(current, work.Caller) ?? kind.MayWrite(merged.Value, work.Caller)) is { } denied)
            return denied;
        if (kind.Fixed.FirstOrDefault(field => !Equals(ShapeMessage.Value(current, field), ShapeMessage.Value(merged.Value, field))) is { } changed)
            return ShapeErrors.NeverChanges($"{kind.Root}.{ShapeMessage.JsonName(changed)}");
        // What did not fit before does not stand in the way.
        var known = await kind.FaultsAsync(current, work, cancellationToken);
        if (!work.IsTolerant && (await kind.FaultsAsync(merged.Value, work, cancellationToken)).Except(known).ToList() is { Count: > 0 } faults)
            return Fault.ToError(faults, kind.Root);
        var settled = kind.Settle(merged.Value, work.Caller);
        shape.Scope = kind.ScopeOf(settled, work.Caller);
        shape.Update(settled, work.Time.GetUtcNow());
        await kind.TellAsync(shape, deleted: false, work, cancellationToken);
        if (await work.Db.TrySaveChangesAsync(cancellationToken, kind.KeyTaken(shape.Key)) is { } error)
            return error;
        return await ShapeReply.OfAsync(kind, shape, work, cancellationToken);
    }
}
