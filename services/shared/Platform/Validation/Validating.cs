using FluentValidation;
using Platform.Errors;

namespace Platform.Validation;

/// <summary>Validation of a merged resource, where the whole is known only in the handler.</summary>
public static class Validating
{
    /// <summary>The value where it is valid, else the wrong fields below <paramref name="root"/>.</summary>
    public static Result<T> Validate<T>(this Result<T> result, IValidator<T> validator, string root)
        where T : class
    {
        if (result.IsError)
            return result;
        var outcome = validator.Validate(result.Value);
        return outcome.IsValid ? result : Error.Invalid([.. outcome.Errors.Select(failure => new FieldViolation($"{root}.{JsonPath.Of(failure.PropertyName)}", failure.ErrorMessage))]);
    }
}

/// <summary>Names of fields as JSON writes them.</summary>
internal static class JsonPath
{
    /// <summary>Deal.LineItems[0].Quantity → deal.lineItems[0].quantity.</summary>
    public static string Of(string path) => string.Join('.', path.Split('.').Select(part => part.Length == 0 ? part : char.ToLowerInvariant(part[0]) + part[1..]));
}
