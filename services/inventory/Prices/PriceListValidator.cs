using FluentValidation;
using Platform.Validation;

namespace Platform.Inventory.Prices;

internal sealed class PriceListValidator : AbstractValidator<V1.PriceList>
{
    public PriceListValidator() =>
        RuleFor(list => list.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("A price list needs a name.").Text(100);
}
