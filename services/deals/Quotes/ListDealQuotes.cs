using FluentValidation;
using Platform.Deals.Deals;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Deals.Quotes;

internal static class ListDealQuotes
{
    public sealed class Validator : AbstractValidator<V1.ListDealQuotesRequest>
    {
        public Validator() => RuleFor(request => request.DealId).Id();
    }

    public static async Task<Result<V1.ListQuotesResponse>> Handle(V1.ListDealQuotesRequest request, DealsDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        await db.LoadAsync(request.DealId, cancellationToken) is null
            ? DealErrors.NotFound(request.DealId)
            : await ListQuotes.Handle(
                new V1.ListQuotesRequest { DealId = request.DealId, PageSize = request.PageSize, PageToken = request.PageToken }, db, time, cancellationToken);
}
