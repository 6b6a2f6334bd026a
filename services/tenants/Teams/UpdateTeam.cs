using FluentValidation;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.Access;
using Platform.Validation;

namespace Platform.Tenants.Teams;

internal static class UpdateTeam
{
    public sealed class Validator : AbstractValidator<V1.UpdateTeamRequest>
    {
        public Validator() => RuleFor(request => request.Team).NotNull().WithMessage("Send the team.");
    }

    public static Task<Result<V1.Team>> Handle(V1.UpdateTeamRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeAccessAsync(directory, () => ChangeAsync(request, db, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<V1.Team>> ChangeAsync(V1.UpdateTeamRequest request, TenantsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.LoadTeamAsync(request.Team.Id, cancellationToken) is not { } team)
            return TeamErrors.NotFound(request.Team.Id);
        if (!team.Matches(request.Team.Etag))
            return Error.Stale("team");
        var merged = Masks.Merge(team.ToMessage(), request.Team, request.UpdateMask).Validate(new TeamValidator(), "team");
        if (merged.IsError)
            return merged.Error;
        if (await db.IsAboveAsync(team.Id, merged.Value.ParentId.ToIdOrNull(), cancellationToken))
            return TeamErrors.Cycle;
        team.Update(merged.Value, now);
        return await db.TrySaveChangesAsync(cancellationToken, TeamErrors.OnSave) is { } error ? error : team.ToMessage();
    }
}
