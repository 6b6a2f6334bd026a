using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Publishing;
using Platform.Records.Objects;

namespace Platform.Records.Publishing;

internal static class GetPublished
{
    private const int LongestSlug = 200;

    public static async Task<Result<V1.GetPublishedResponse>> Handle(V1.GetPublishedRequest request, IServiceScopeFactory scopes, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Slug.Length is 0 or > LongestSlug)
            return PublicErrors.Unknown;
        var opened = await PublishedScope.OpenAsync(request.Site, scopes, cancellationToken);
        if (opened.IsError)
            return opened.Error;
        await using var scope = opened.Value;
        var kind = RecordKinds.Of(scope.Object.Key);
        var list = new ListRequest(1, "") { Filter = PublishedFilter.Of(scope, request.Slug) };
        var page = await scope.Db.Records.Of(kind).AsQueryable().ToPageAsync(kind.Schema, list, FilterContext.Of(scope.Db, time), cancellationToken);
        if (page.IsError)
            return page.Error;
        return page.Value.Items is [var record, ..]
            ? new V1.GetPublishedResponse { Site = scope.Site, Title = scope.Title(), Record = record.ToPublished(scope, withBody: true) }
            : PublicErrors.Unknown;
    }
}
