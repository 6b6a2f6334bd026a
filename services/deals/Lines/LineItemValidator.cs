using FluentValidation;
using Platform.Monetary;
using Platform.Validation;

namespace Platform.Deals.Lines;

internal sealed class LineItemValidator : AbstractValidator<V1.LineItem>
{
    private const int MaxTerm = 120;

    public LineItemValidator()
    {
        RuleFor(line => line.ProductId).OptionalId();
        RuleFor(line => line.ProductCode).Text(100);
        RuleFor(line => line.Description).NotEmpty().WithMessage("Say what is sold.").Text(500);
        RuleFor(line => line.Quantity).Quantity()
            .Must((line, quantity) => MoneyRules.IsLineInRange(quantity, line.UnitPrice)).WithMessage("Quantity × unit price is too large for one line.");
        RuleFor(line => line.Unit).OptionalUnit();
        RuleFor(line => line.UnitPrice).UnitPrice();
        RuleFor(line => line.DiscountPercent).OptionalPercent();
        RuleFor(line => line.DiscountAmount).OptionalAmount()
            .Must((line, less) => less is null || less.Currency == line.UnitPrice?.Currency).WithMessage("The discount needs the currency of the unit price.")
            .Must((line, less) => less is null || !HasPercent(line)).WithMessage("Give the discount either as a percentage or as an amount.")
            .Must(IsCovered).WithMessage("The discount is larger than quantity × unit price.");
        RuleFor(line => line.TaxCategory).OptionalTaxCategory();
        RuleFor(line => line.TaxRate).TaxRate(line => line.TaxCategory);
        RuleFor(line => line.Recurrence).IsInEnum().WithMessage("There is no such recurrence.");
        RuleFor(line => line.Term)
            .InclusiveBetween(0, MaxTerm).WithMessage("Use 1 to 120 months or years.")
            .Must((line, term) => term == 0 || line.Recurrence is V1.Recurrence.Monthly or V1.Recurrence.Yearly).WithMessage("Only a line that is sold monthly or yearly has a term.")
            .Must(IsTermInRange).WithMessage("What the line brings in its term is too large.");
    }

    private static bool HasPercent(V1.LineItem line) => DecimalText.TryParse(line.DiscountPercent, out var percent) && percent != 0;

    // What cannot be read is refused by its own rule.
    private static bool IsCovered(V1.LineItem line, Common.V1.Money? less) =>
        less is null || GrossOf(line) is not { } gross || !DecimalText.TryParse(less.Amount, out var amount) || amount <= gross;

    private static bool IsTermInRange(V1.LineItem line, int term) => GrossOf(line) is not { } gross || term is < 0 or > MaxTerm || gross * Math.Max(term, 1) <= Amounts.MaxLine;

    private static decimal? GrossOf(V1.LineItem line) =>
        MoneyRules.IsLineInRange(line.Quantity, line.UnitPrice) && DecimalText.TryParse(line.Quantity, out var quantity) && DecimalText.TryParse(line.UnitPrice?.Amount ?? "", out var price)
            && quantity <= Amounts.MaxLine && price <= Amounts.MaxLine
            ? quantity * price
            : null;
}
