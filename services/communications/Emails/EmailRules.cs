using FluentValidation;
using Platform.Validation;

namespace Platform.Communications.Emails;

internal static class EmailRules
{
    /// <summary>Text of one line: what stands in a header.</summary>
    public static IRuleBuilderOptions<T, string> Line<T>(this IRuleBuilder<T, string> rule, int maximumLength) =>
        rule.Text(maximumLength).Must(text => text.AsSpan().IndexOfAny('\r', '\n', '\t') < 0).WithMessage("Line breaks are not allowed.");
}
