using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Monetary;
using Platform.Tenancy;

namespace Platform.Tenants.ExchangeRates;

internal static class ListExchangeRateChanges
{
    private const int MaxRates = 5_000;

    private static readonly string[] Reporting = ["deals.", "finance."];

    public sealed class Validator : AbstractValidator<V1.ListExchangeRateChangesRequest>
    {
        public Validator() => RuleFor(request => request.AfterVersion).GreaterThanOrEqualTo(0).WithMessage("Use a version that was answered before, or 0.");
    }

    public static async Task<Result<V1.ListExchangeRateChangesResponse>> Handle(
        V1.ListExchangeRateChangesRequest request, TenantsDbContext db, CancellationToken cancellationToken)
    {
        if (db.Caller.TenantId is null || !MayLearn(db.Caller))
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

    // Services ask in the name of whoever writes an amount; a person learns what settings say, or what records with amounts say anyway.
    private static bool MayLearn(Caller caller) => caller.Kind is CallerKind.Person or CallerKind.ApiKey or CallerKind.Support
        ? caller.Permissions.Any(permission => permission == Permissions.Read || Reporting.Any(service => permission.StartsWith(service, StringComparison.Ordinal)))
        : caller.Permissions.Count > 0;
}
