using FluentValidation;
using Platform.Deals.V1;
using Platform.Monetary;
using Platform.Validation;

namespace Platform.Inventory.Products;

/// <summary>Of tax and term the same is asked as of a line of a deal, so that a line can take them over.</summary>
internal sealed class ProductValidator : AbstractValidator<V1.Product>
{
    private const int MaxTerm = 120;

    public ProductValidator()
    {
        RuleFor(product => product.Code).Must(code => !string.IsNullOrWhiteSpace(code)).WithMessage("A product needs a code.").Text(100);
        RuleFor(product => product.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("A product needs a name.").Text(200);
        RuleFor(product => product.Description).Text(5000);
        RuleFor(product => product.Unit).OptionalUnit();
        RuleFor(product => product.TaxCategory).OptionalTaxCategory();
        RuleFor(product => product.TaxRate).TaxRate(product => product.TaxCategory);
        RuleFor(product => product.Recurrence).IsInEnum().WithMessage("There is no such recurrence.");
        RuleFor(product => product.DefaultTerm)
            .InclusiveBetween(0, MaxTerm).WithMessage("Use 1 to 120 months or years.")
            .Must((product, term) => term == 0 || Recurs(product)).WithMessage("Only a product that is sold monthly or yearly has a term.");
        RuleFor(product => product.OwnerId).OptionalId();
    }

    public static bool Recurs(V1.Product product) => product.Recurrence is Recurrence.Monthly or Recurrence.Yearly;
}
