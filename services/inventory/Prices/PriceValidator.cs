using FluentValidation;
using Platform.Monetary;
using Platform.Validation;

namespace Platform.Inventory.Prices;

internal sealed class PriceValidator : AbstractValidator<V1.Price>
{
    private const decimal MaxQuantity = 999_999_999m;
    private const int QuantityDecimals = 4;

    public PriceValidator()
    {
        RuleFor(price => price.PriceListId).OptionalId();
        RuleFor(price => price.ProductId).Id();
        RuleFor(price => price.UnitPrice).UnitPrice();
        RuleFor(price => price.MinQuantity).Must(IsQuantity).WithMessage("Use a number of 0 or more with at most 4 decimals, such as \"10\".");
        RuleFor(price => price.StartDate).OptionalDate();
        RuleFor(price => price.EndDate).OptionalDate();
        RuleFor(price => price.EndDate)
            .Must((price, end) => end.Length == 0 || string.CompareOrdinal(price.StartDate, end) <= 0).WithMessage("A price ends on the day on which it begins, or later.");
    }

    private static bool IsQuantity(string text) =>
        text.Length == 0 || (DecimalText.TryParse(text, out var value) && value is >= 0 and <= MaxQuantity && DecimalText.DecimalsOf(value) <= QuantityDecimals);
}
