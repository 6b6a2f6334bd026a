using FluentValidation;
using Platform.Finance.Documents;
using Platform.Monetary;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Finance.Invoices;

internal sealed class InvoiceValidator : AbstractValidator<V1.Invoice>
{
    private const int MaxLines = 1000;

    public InvoiceValidator()
    {
        RuleFor(invoice => invoice.Buyer).NotNull().WithMessage("Say who is invoiced.").SetValidator(new PartyValidator());
        RuleFor(invoice => invoice.BuyerCompanyId).OptionalId();
        RuleFor(invoice => invoice.BuyerPersonId).OptionalId();
        RuleFor(invoice => invoice.SourceType).Text(50);
        RuleFor(invoice => invoice.SourceId).Text(100)
            .Must((invoice, id) => id.Length == 0 == (invoice.SourceType.Length == 0)).WithMessage("Send both sourceType and sourceId, or none.");
        RuleFor(invoice => invoice.Currency).Currency();
        RuleFor(invoice => invoice.DueDate).OptionalDate();
        RuleFor(invoice => invoice.TaxRounding).IsInEnum().WithMessage("There is no such rounding.");
        RuleFor(invoice => invoice.Lines)
            .Must(lines => lines.Count <= MaxLines).WithMessage(_ => Say($"At most {MaxLines} lines."))
            .Must(lines => TaxCategories.AreCompatible(lines.Select(line => TaxCategories.OrStandard(line.TaxCategory)))).WithMessage("Tax category O stands alone: all lines have it, or none.");
        RuleForEach(invoice => invoice.Lines).SetValidator(new LineValidator())
            .Must((invoice, line) => line.UnitPrice is null || line.UnitPrice.Currency == invoice.Currency).WithMessage("The unit price needs the currency of the invoice.");
    }

    private sealed class LineValidator : AbstractValidator<V1.InvoiceLine>
    {
        public LineValidator()
        {
            RuleFor(line => line.ProductCode).Text(100);
            RuleFor(line => line.Description).NotEmpty().WithMessage("Say what is invoiced.").Text(500);
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
