using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Monetary;

namespace Platform.Tenants.ExchangeRates;

internal static class ListExchangeRateChanges
{
    private const int MaxRates = 5_000;

    public sealed class Validator : AbstractValidator<V1.ListExchangeRateChangesRequest>
    {
        public Validator() => RuleFor(request => request.AfterVersion).GreaterThanOrEqualTo(0).WithMessage("Use a version that was answered before, or 0.");
    }

    public static async Task<Result<V1.ListExchangeRateChangesResponse>> Handle(
        V1.ListExchangeRateChangesRequest request, TenantsDbContext db, CancellationToken cancellationToken)
    {
        // Who may do nothing here is no member, whatever the token says.
        if (db.Caller.TenantId is null || db.Caller.Permissions.Count == 0)
            return Error.PermissionDenied(Permissions.Read);
        // Before the rates: a change that comes meanwhile is read again the next time.
        var version = await db.RateVersions.Select(row => row.Version).SingleOrDefaultAsync(cancellationToken);
        var currency = await db.Tenants.Select(tenant => tenant.Currency).SingleOrDefaultAsync(cancellationToken) ?? "";
        var rates = await db.ExchangeRates.AsNoTracking().Where(row => row.ChangeNumber > request.AfterVersion)
            .OrderBy(row => row.ChangeNumber).ThenBy(row => row.Id).Take(MaxRates).ToListAsync(cancellationToken);
        var more = rates.Count == MaxRates;
        return new V1.ListExchangeRateChangesResponse
        {
            CompanyCurrency = Currencies.Exists(currency) ? currency : "",
            // A change may be cut in two: what has its number is read again.
            Version = more ? rates[^1].ChangeNumber - 1 : version,
            Rates = { rates.Select(row => row.ToMessage()) },
            More = more,
        };
    }
}
