using System.Text.RegularExpressions;
using FluentValidation;
using Platform.Common.V1;
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

    private sealed partial class AddressValidator : AbstractValidator<Address>
    {
        public AddressValidator()
        {
            RuleFor(address => address.Lines).Must(lines => lines.Count <= 5).WithMessage("At most 5 lines.");
            RuleForEach(address => address.Lines).Text(200);
            RuleFor(address => address.City).Text(100);
            RuleFor(address => address.Region).Text(100);
            RuleFor(address => address.PostalCode).Text(20);
            RuleFor(address => address.Country).Matches(CountryCode()).WithMessage("Use an ISO 3166-1 code such as DE, or leave it out.");
        }

        [GeneratedRegex("^([A-Z]{2})?$")]
        private static partial Regex CountryCode();
    }
}
