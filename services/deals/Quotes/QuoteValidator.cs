using FluentValidation;
using Platform.Deals.Lines;
using Platform.Validation;

namespace Platform.Deals.Quotes;

internal sealed class QuoteValidator : AbstractValidator<V1.Quote>
{
    private static readonly string[] Languages = ["", "en", "ru"];

    public QuoteValidator()
    {
        RuleFor(quote => quote.Name).Text(200);
        RuleFor(quote => quote.OwnerId).OptionalId();
        RuleFor(quote => quote.Status)
            .Must(status => status is V1.QuoteStatus.Unspecified or V1.QuoteStatus.Draft).WithMessage("A quote is sent, accepted and declined by calls of their own.");
        RuleFor(quote => quote.Buyer).SetValidator(new PartyValidator());
        RuleFor(quote => quote.LineItems).LineItems();
        RuleForEach(quote => quote.LineItems).SetValidator(new LineItemValidator())
            .Must((quote, line) => line.UnitPrice is null || line.UnitPrice.Currency == quote.Currency).WithMessage("The unit price needs the currency of the deal.");
        RuleFor(quote => quote.TaxRounding).IsInEnum().WithMessage("There is no such rounding.");
        RuleFor(quote => quote.ExpireDate).OptionalDate();
        RuleFor(quote => quote.TimeZone).OptionalTimeZone();
        RuleFor(quote => quote.Introduction).Text(5000);
        RuleFor(quote => quote.Terms).Text(20_000);
        RuleFor(quote => quote.Language).Must(Languages.Contains).WithMessage("Use en or ru.");
    }

    private sealed class PartyValidator : AbstractValidator<V1.QuoteParty>
    {
        public PartyValidator()
        {
            RuleFor(party => party.Name).Text(300);
            RuleFor(party => party.Email).OptionalEmail();
            RuleFor(party => party.TaxNumber).Text(50);
            RuleFor(party => party.Address).SetValidator(new AddressValidator());
        }
    }
}
