using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Monetary;

namespace Platform.Tenants.ExchangeRates;

internal static class DeleteExchangeRate
{
    public sealed class Validator : AbstractValidator<V1.DeleteExchangeRateRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Currency).Currency();
            RuleFor(request => request.ValidFrom).Must(text => RateDates.Parse(text) is not null).WithMessage("Use the first day on which the rate holds, as YYYY-MM-DD.");
        }
    }

    public static Task<Result<Empty>> Handle(V1.DeleteExchangeRateRequest request, TenantsDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => DeleteAsync(request, db, time, cancellationToken), cancellationToken);

    private static async Task<Result<Empty>> DeleteAsync(V1.DeleteExchangeRateRequest request, TenantsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var change = await db.BeginRateChangeAsync(cancellationToken);
        var company = await db.Tenants.Select(tenant => tenant.Currency).SingleOrDefaultAsync(cancellationToken);
        var day = RateDates.Parse(request.ValidFrom);
        var rate = await db.ExchangeRates.SingleOrDefaultAsync(
            row => row.CompanyCurrency == company && row.Currency == request.Currency && row.ValidFrom == day && row.Rate != null, cancellationToken);
        if (rate is null)
            return RateErrors.NotFound(request.Currency, request.ValidFrom);
        rate.Set(null, change, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return new Empty();
    }
}
