using FluentValidation;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Tenants.Teams;

internal sealed class TeamValidator : AbstractValidator<V1.Team>
{
    private const int MaxMembers = 1_000;

    public TeamValidator()
    {
        RuleFor(team => team.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("A team needs a name.").Text(100);
        RuleFor(team => team.ParentId).OptionalId();
        RuleFor(team => team.MemberIds).Must(members => members.Count <= MaxMembers).WithMessage(_ => Say($"At most {MaxMembers} members: use teams below."));
        RuleForEach(team => team.MemberIds).Id();
    }
}
