using Google.Protobuf;
using Platform.Errors;
using Platform.Paging;

namespace Platform.Metadata.Shapes;

internal static class ListShapes
{
    /// <summary>A page of what the caller may know of, newest first.</summary>
    /// <param name="kind">Of what.</param>
    /// <param name="narrow">What else narrows the list.</param>
    /// <param name="request">The page; its query says in words what narrows it.</param>
    /// <param name="work">With what.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public static async Task<Result<Page<TMessage>>> Handle<TShape, TMessage>(
        ShapeKind<TShape, TMessage> kind, Func<IQueryable<TShape>, IQueryable<TShape>> narrow, ListRequest request, ShapeWork work, CancellationToken cancellationToken)
        where TShape : Shape<TMessage>, new()
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new()
    {
        var page = await narrow(kind.SeenBy(work.Db.Set<TShape>(), work.Caller)).ToPageAsync(request.PageSize, request.PageToken, request.Query, cancellationToken);
        if (page.IsError)
            return page.Error;
        var messages = page.Value.Items.Select(row => row.ToMessage()).ToList();
        await kind.DressAsync(messages, work, cancellationToken);
        return new Page<TMessage>(messages, page.Value.NextPageToken);
    }
}
