using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Tenants.Roles;
using static Platform.Languages.Wording;

namespace Platform.Tenants.SupportAccess;

/// <summary>Who decides on support access, and how far it can go.</summary>
internal static class SupportRules
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    public static readonly UniqueViolation Open =
        new(SupportGrant.OneOpen, Error.AlreadyExists("SUPPORT_ACCESS_OPEN", "You have a request or access to this company already: end it first."));

    public static readonly Error Closed =
        Error.Precondition("SUPPORT_GRANT_CLOSED", "This was decided already, or is over: ask for the list to see how it ended.");

    private static readonly Error PeopleConsent =
        new(Google.Rpc.Code.PermissionDenied, "PERMISSION_DENIED", "Consent is a person's: sign in as an administrator of the company.");

    // Who had these could let themselves in again, or make a key that outlives the grant.
    private static readonly string[] Never = [Permissions.Admin, Permissions.Delete];

    /// <summary>The person who decides; an error where it is none of the company.</summary>
    public static Result<PersonId> Decider(Caller caller) =>
        caller.Kind == CallerKind.Person && Guid.TryParse(caller.Subject, out var id) ? new PersonId(id) : PeopleConsent;

    /// <summary>What is left of a role's permissions for a support person.</summary>
    public static IEnumerable<string> Bounded(IEnumerable<string> permissions) => permissions.Except(Never);

    /// <summary>Why the role cannot be given to a support person.</summary>
    public static async Task<Error?> CheckRoleAsync(this TenantsDbContext db, string role, CancellationToken cancellationToken)
    {
        if (await db.FindUnknownRoleAsync([role], cancellationToken) is not null)
            return Refused("UNKNOWN_ROLE", Say($"There is no role '{role}'."));
        return (await db.PermissionsOfAsync([role], cancellationToken)).Intersect(Never).Any()
            ? Refused("ROLE_TOO_POWERFUL", Say($"The role '{role}' may administer the company: choose one that may not."))
            : null;
    }

    public static Task<SupportGrant?> FindGrantAsync(this TenantsDbContext db, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var guid) ? db.SupportGrants.SingleOrDefaultAsync(grant => grant.Id == guid, cancellationToken) : Task.FromResult<SupportGrant?>(null);

    public static Error NotFound(string id) => Error.NotFound("support grant", id);

    private static Error Refused(string code, string message) =>
        new(Google.Rpc.Code.InvalidArgument, code, message) { Violations = [new FieldViolation("role", message)] };
}

/// <summary>Who somebody is.</summary>
internal sealed record PersonId(Guid Value);
