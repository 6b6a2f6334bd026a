using FluentValidation;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.Access;

namespace Platform.Tenants.Teams;

internal static class CreateTeam
{
    public sealed class Validator : AbstractValidator<V1.CreateTeamRequest>
    {
        public Validator() => RuleFor(request => request.Team).NotNull().WithMessage("Send the team.").SetValidator(new TeamValidator());
    }

    public static Task<Result<V1.Team>> Handle(V1.CreateTeamRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeAccessAsync(directory, async () =>
        {
            var team = Team.Create(request.Team, time.GetUtcNow());
            db.Teams.Add(team);
            return await db.TrySaveChangesAsync(cancellationToken, TeamErrors.OnSave) is { } error ? (Result<V1.Team>)error : team.ToMessage();
        }, cancellationToken);
}
