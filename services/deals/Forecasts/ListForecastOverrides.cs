using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Paging;
using Platform.Pipelines.V1;
using Platform.Validation;

namespace Platform.Deals.Forecasts;

internal static class ListForecastOverrides
{
    public sealed class Validator : AbstractValidator<V1.ListForecastOverridesRequest>
    {
        public Validator()
        {
            RuleFor(request => request.UserId).OptionalId();
            RuleFor(request => request.Period).PeriodName();
            RuleFor(request => request.Category).IsInEnum().WithMessage("There is no such forecast category.");
        }
    }

    public static async Task<Result<V1.ListForecastOverridesResponse>> Handle(V1.ListForecastOverridesRequest request, DealsDbContext db, CancellationToken cancellationToken)
    {
        if ((request.UserId.ToIdOrNull() ?? ForecastReach.Self(db.Caller)) is not { } user)
            return ForecastErrors.Nobody;
        if (ForecastReach.Check(db.Caller, user) is { } refused)
            return refused;
        var rows = db.ForecastOverrides.Where(row => row.Period == request.Period && row.UserId == user);
        if (request.Category != ForecastCategory.Unspecified)
            rows = rows.Where(row => row.Category == request.Category);
        var page = await rows.ToPageAsync(request.PageSize, request.PageToken, $"{user} {request.Period} {request.Category}", cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListForecastOverridesResponse { NextPageToken = page.Value.NextPageToken };
        response.Overrides.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }
}
