using FluentValidation;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Records.Objects;
using Platform.Validation;

namespace Platform.Records.Publishing;

internal static class ListPublished
{
    public sealed class Validator : AbstractValidator<V1.ListPublishedRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Query).Text(200);
            RuleFor(request => request.Category).Text(100);
        }
    }

    public static async Task<Result<V1.ListPublishedResponse>> Handle(V1.ListPublishedRequest request, IServiceScopeFactory scopes, TimeProvider time, CancellationToken cancellationToken)
    {
        var opened = await PublishedScope.OpenAsync(request.Site, scopes, cancellationToken);
        if (opened.IsError)
            return opened.Error;
        await using var scope = opened.Value;
        var response = new V1.ListPublishedResponse { Site = scope.Site, Title = scope.Title(), Categories = { scope.Categories() } };
        // Of a category that is none, nothing is shown.
        if (request.Category.Length > 0 && scope.Defined(scope.Fields.CategoryField)?.Choices.Any(choice => choice.Key == request.Category) is not true)
            return response;
        var kind = RecordKinds.Of(scope.Object.Key);
        var list = new ListRequest(request.PageSize, request.PageToken)
        {
            Filter = PublishedFilter.Of(scope, request.Query.Trim(), request.Category),
            OrderBy = "update_time desc",
            Query = scope.Object.Key,
        };
        var page = await scope.Db.Records.Of(kind).AsQueryable().ToPageAsync(kind.Schema, list, FilterContext.Of(scope.Db, time), cancellationToken);
        if (page.IsError)
            return page.Error;
        response.NextPageToken = page.Value.NextPageToken;
        response.Records.AddRange(page.Value.Items.Select(record => record.ToPublished(scope, withBody: false)));
        return response;
    }
}
