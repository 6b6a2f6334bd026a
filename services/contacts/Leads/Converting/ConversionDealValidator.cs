using FluentValidation;
using Platform.Monetary;

namespace Platform.Contacts.Leads.Converting;

/// <summary>What the deals domain would name otherwise than this request does; all else it says itself.</summary>
internal sealed class ConversionDealValidator : AbstractValidator<V1.ConversionDeal>
{
    public ConversionDealValidator() => RuleFor(deal => deal.Amount).OptionalAmount()
        .Must((deal, amount) => amount is null || deal.Currency.Length == 0 || amount.Currency == deal.Currency).WithMessage("Use the currency of the deal.");
}
