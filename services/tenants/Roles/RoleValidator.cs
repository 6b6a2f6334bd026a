using System.Text.RegularExpressions;
using FluentValidation;
using Platform.Validation;

namespace Platform.Tenants.Roles;

internal sealed partial class RoleValidator : AbstractValidator<V1.Role>
{
    public RoleValidator()
    {
        RuleFor(role => role.Name).Matches(Name()).WithMessage("Use up to 50 lower-case letters, digits and hyphens, such as key-account.");
        RuleFor(role => role.DisplayName).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("A role needs a name for people.").Text(100);
        RuleFor(role => role.Permissions).Must(permissions => permissions.Count is > 0 and <= 500).WithMessage("Grant at least one permission.");
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,49}\z")]
    private static partial Regex Name();
}
