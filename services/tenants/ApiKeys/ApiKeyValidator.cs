using FluentValidation;
using Platform.Validation;

namespace Platform.Tenants.ApiKeys;

internal sealed class ApiKeyValidator : AbstractValidator<V1.ApiKey>
{
    public ApiKeyValidator()
    {
        RuleFor(key => key.DisplayName).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("Give the key a name.").Text(200);
        RuleFor(key => key.Permissions).Must(permissions => permissions.Count is > 0 and <= 200).WithMessage("Give the key at least one permission.");
        RuleFor(key => key.ExpireTime).Must(time => time is { Seconds: >= 0 and <= 253402300799, Nanos: >= 0 and < 1_000_000_000 })
            .When(key => key.ExpireTime is not null).WithMessage("Use an instant such as 2030-01-31T00:00:00Z.");
    }
}
