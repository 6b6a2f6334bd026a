using FluentValidation;

namespace Platform.Records.Objects;

internal static class ObjectNames
{
    /// <summary>Plural key of an object; whether the company has such an object is the handler's question.</summary>
    public static IRuleBuilderOptions<T, string> ObjectName<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage("Name the object by its plural key, such as machines.");
}
