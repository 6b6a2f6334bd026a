using System.Text.RegularExpressions;
using FluentValidation;
using Platform.Validation;

namespace Platform.Tenants.Tenants;

internal sealed partial class TenantValidator : AbstractValidator<V1.Tenant>
{
    public TenantValidator()
    {
        RuleFor(tenant => tenant.DisplayName).Must(IsText).WithMessage("A company needs a name.").Text(200);
        RuleFor(tenant => tenant.LegalName).Must(IsText).WithMessage("A company needs a name on documents.").Text(200);
        RuleFor(tenant => tenant.TaxNumber).Text(50);
        RuleFor(tenant => tenant.Currency).Matches(CurrencyCode()).WithMessage("Use an ISO 4217 code such as EUR.");
        RuleFor(tenant => tenant.Address!).SetValidator(new AddressValidator()).When(tenant => tenant.Address is not null);
    }

    private static bool IsText(string text) => !string.IsNullOrWhiteSpace(text);

    [GeneratedRegex("^[A-Z]{3}$")]
    private static partial Regex CurrencyCode();
}
