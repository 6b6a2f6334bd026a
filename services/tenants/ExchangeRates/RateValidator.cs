using FluentValidation;
using Platform.Monetary;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Tenants.ExchangeRates;

/// <summary>What does not depend on the company.</summary>
internal sealed class RateValidator : AbstractValidator<V1.ExchangeRate>
{
    private const int MaxDigits = 10;

    public RateValidator()
    {
        RuleFor(rate => rate.ValidFrom).Must(text => RateDates.Parse(text) is not null).WithMessage("Use the first day on which the rate holds, as YYYY-MM-DD.");
        RuleFor(rate => rate.Currency).Currency();
        RuleFor(rate => rate.Rate).Must(IsRate).WithMessage(_ => Say($"Use a decimal number above 0, of at most {MaxDigits} decimals and {MaxDigits} significant digits, such as \"0.9217\"."));
    }

    // With more digits, products with large amounts would be rounded here and not in PostgreSQL.
    private static bool IsRate(string text) => DecimalText.TryParse(text, out var rate) && rate > 0 && SignificantDigits(rate) <= MaxDigits;

    private static int SignificantDigits(decimal rate) =>
        DecimalText.Format(rate).Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0').Length;
}
