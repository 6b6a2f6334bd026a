using FluentValidation;
using Platform.Monetary;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Inventory.Prices;

internal sealed class PriceQuestionValidator : AbstractValidator<V1.PriceQuestion>
{
    public PriceQuestionValidator()
    {
        RuleFor(question => question.ProductId).Id();
        RuleFor(question => question.Currency).Currency();
        RuleFor(question => question.Quantity).Quantity().When(question => question.Quantity.Length > 0);
        RuleFor(question => question.PriceDate).OptionalDate();
    }
}

/// <summary>What is asked of all questions together.</summary>
internal static class PriceQuestionRules
{
    // As many as a document has lines.
    private const int MaxQuestions = 500;

    public static IRuleBuilderOptions<T, TQuestions> Questions<T, TQuestions>(this IRuleBuilder<T, TQuestions> rule)
        where TQuestions : IReadOnlyCollection<V1.PriceQuestion> =>
        rule.Must(questions => questions.Count is > 0 and <= MaxQuestions).WithMessage(_ => Say($"Ask for 1 to {MaxQuestions} prices."));
}
