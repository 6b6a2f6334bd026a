using FluentValidation;
using Platform.Errors;

namespace Platform.Tenants.ExchangeRates;

internal static class SetExchangeRate
{
    public sealed class Validator : AbstractValidator<V1.SetExchangeRateRequest>
    {
        public Validator() => RuleFor(request => request.Rate).NotNull().WithMessage("Send the rate.").SetValidator(new RateValidator());
    }

    public static Task<Result<V1.ExchangeRate>> Handle(V1.SetExchangeRateRequest request, TenantsDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(async () =>
        {
            var set = await SetExchangeRates.SetAsync([request.Rate], _ => "rate.currency", db, time, cancellationToken);
            return set.IsError ? (Result<V1.ExchangeRate>)set.Error : set.Value.Rates[0];
        }, cancellationToken);
}
