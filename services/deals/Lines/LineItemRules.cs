using FluentValidation;
using Platform.Monetary;
using static Platform.Languages.Wording;

namespace Platform.Deals.Lines;

/// <summary>What lines of one document have to be together.</summary>
internal static class LineItemRules
{
    private const int MaxLineItems = 500;

    public static IRuleBuilderOptions<T, TLines> LineItems<T, TLines>(this IRuleBuilder<T, TLines> rule)
        where TLines : IReadOnlyCollection<V1.LineItem> => rule
        .Must(lines => lines.Count <= MaxLineItems).WithMessage(_ => Say($"At most {MaxLineItems} line items."))
        .Must(lines => TaxCategories.AreCompatible(lines.Select(line => TaxCategories.OrStandard(line.TaxCategory)))).WithMessage("Tax category O stands alone: all lines have it, or none.");
}
