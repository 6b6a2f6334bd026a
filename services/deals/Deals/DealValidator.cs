using FluentValidation;
using Platform.Monetary;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Deals.Deals;

internal sealed class DealValidator : AbstractValidator<V1.Deal>
{
    private const int MaxLineItems = 500;

    public DealValidator()
    {
        RuleFor(deal => deal.Name).NotEmpty().WithMessage("A deal needs a name.").Text(200);
        RuleFor(deal => deal.CompanyId).OptionalId();
        RuleFor(deal => deal.PersonId).OptionalId();
        RuleFor(deal => deal.OwnerId).OptionalId();
        RuleFor(deal => deal.Status)
            .Must(status => status is V1.DealStatus.Unspecified or V1.DealStatus.Open).WithMessage("A deal is closed by winning or losing it.");
        RuleFor(deal => deal.Currency).Currency();
        RuleFor(deal => deal.AmountEstimate).OptionalAmount()
            .Must((deal, estimate) => estimate is null || estimate.Currency == deal.Currency).WithMessage("Use the currency of the deal.");
        RuleFor(deal => deal.Probability).InclusiveBetween(0, 100).WithMessage("Use 0 to 100.");
        RuleFor(deal => deal.CloseDate).OptionalDate();
        RuleFor(deal => deal.LineItems)
            .Must(lines => lines.Count <= MaxLineItems).WithMessage(_ => Say($"At most {MaxLineItems} line items."))
            .Must(lines => TaxCategories.AreCompatible(lines.Select(line => TaxCategories.OrStandard(line.TaxCategory)))).WithMessage("Tax category O stands alone: all lines have it, or none.");
        RuleForEach(deal => deal.LineItems).SetValidator(new LineItemValidator())
            .Must((deal, line) => line.UnitPrice is null || line.UnitPrice.Currency == deal.Currency).WithMessage("The unit price needs the currency of the deal.");
    }

    private sealed class LineItemValidator : AbstractValidator<V1.LineItem>
    {
        public LineItemValidator()
        {
            RuleFor(line => line.ProductCode).Text(100);
            RuleFor(line => line.Description).NotEmpty().WithMessage("Say what is sold.").Text(500);
            RuleFor(line => line.Quantity).Quantity()
                .Must((line, quantity) => MoneyRules.IsLineInRange(quantity, line.UnitPrice)).WithMessage("Quantity × unit price is too large for one line.");
            RuleFor(line => line.Unit).OptionalUnit();
            RuleFor(line => line.UnitPrice).UnitPrice();
            RuleFor(line => line.DiscountPercent).OptionalPercent();
            RuleFor(line => line.TaxCategory).OptionalTaxCategory();
            RuleFor(line => line.TaxRate).TaxRate(line => line.TaxCategory);
        }
    }
}
