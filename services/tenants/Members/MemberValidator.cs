using FluentValidation;
using Platform.Validation;

namespace Platform.Tenants.Members;

internal sealed class MemberValidator : AbstractValidator<V1.Member>
{
    public MemberValidator()
    {
        RuleFor(member => member.UserId).Id();
        RuleFor(member => member.Email).OptionalEmail();
        RuleFor(member => member.DisplayName).Text(200);
        RuleFor(member => member.ManagerId).OptionalId();
        RuleFor(member => member.Roles).Must(roles => roles.Count is > 0 and <= 20).WithMessage("Give the member at least one role.");
    }
}
