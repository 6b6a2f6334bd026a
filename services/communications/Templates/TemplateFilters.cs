using Fluid;
using Fluid.Values;
using Platform.Languages;

namespace Platform.Communications.Templates;

/// <summary>Filters that write values in the template's language.</summary>
internal static class TemplateFilters
{
    public const string Language = "language";

    public static void Register(FilterCollection filters)
    {
        filters.AddFilter("amount", AmountAsync);
        filters.AddFilter("number", (input, _, context) => Text(LanguageOf(context).Number(input.ToStringValue())));
        filters.AddFilter("date_in_words", (input, _, context) => Text(LanguageOf(context).Date(input.ToStringValue())));
    }

    // A Money message: {currency, amount}.
    private static async ValueTask<FluidValue> AmountAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var amount = await input.GetValueAsync("amount", context);
        var currency = await input.GetValueAsync("currency", context);
        return new StringValue(amount.IsNil() ? "" : LanguageOf(context).Amount(amount.ToStringValue(), currency.ToStringValue()));
    }

    private static ValueTask<FluidValue> Text(string text) => new(new StringValue(text));

    private static WrittenLanguage LanguageOf(TemplateContext context) => (WrittenLanguage)context.AmbientValues[Language];
}
