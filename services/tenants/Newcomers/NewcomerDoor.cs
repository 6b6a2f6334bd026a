using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Tenants.Access;
using Platform.Tenants.ExternalApps;
using Platform.Tenants.Invitations;
using Platform.Tenants.Lifecycle;
using Platform.Tenants.Members;
using Platform.Tenants.Tenants;
using Platform.Validation;

namespace Platform.Tenants.Newcomers;

/// <summary>
/// Makes somebody a member who came by one of the company's identity providers, with the role that its administrator chose for
/// such people. That they did is the identity server's word: they are of the organization, and connected to a provider of it.
/// </summary>
internal sealed partial class NewcomerDoor(
    InvitationDoor invitations, IServiceScopeFactory scopes, IdentityAdmin admin, AccessDirectory directory, TimeProvider time, ILogger<NewcomerDoor> logger)
{
    private const string Work = "newcomers";

    /// <summary>Whether the person, who was none, is a member now, by an invitation or as a newcomer. While the identity server is away nobody becomes one: they have no rights yet, as before.</summary>
    public async Task<bool> TryAdmitAsync(TenantsDbContext db, Guid user, CancellationToken cancellationToken)
    {
        if (await invitations.TryAdmitAsync(db, user, cancellationToken))
            return true;
        var tenant = await db.Tenants.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (tenant is not { NewcomerRole.Length: > 0, State: V1.TenantState.Active } || await db.FormerMembers.AnyAsync(former => former.UserId == user, cancellationToken))
            return false;
        try
        {
            return await FindAsync(tenant.Id, user, cancellationToken) is { } newcomer && await AdmitAsync(tenant.Id, newcomer, cancellationToken);
        }
        catch (Exception exception) when (IdentityAdmin.IsAway(exception, cancellationToken))
        {
            LogAway(logger, exception.GetType().Name);
            return false;
        }
    }

    private async Task<bool> AdmitAsync(Guid tenant, V1.Member newcomer, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, Work, newcomer.UserId);
        var db = scope.ServiceProvider.GetRequiredService<TenantsDbContext>();
        var result = await db.ChangeAccessAsync(directory, () => AddAsync(db, newcomer, cancellationToken), cancellationToken);
        if (result.IsError)
            LogRefused(logger, result.Error!.Code);
        return !result.IsError;
    }

    // Looked at again under the lock of the company's rights: the role may have been changed, or the person removed, meanwhile.
    private async Task<Result<V1.Member>> AddAsync(TenantsDbContext db, V1.Member newcomer, CancellationToken cancellationToken)
    {
        var user = Guid.Parse(newcomer.UserId);
        if (await db.Members.SingleOrDefaultAsync(row => row.Id == user, cancellationToken) is { } known)
            return known.ToMessage();
        var role = await db.Tenants.Select(tenant => tenant.NewcomerRole).SingleAsync(cancellationToken);
        if (role.Length == 0 || await db.FormerMembers.AnyAsync(former => former.UserId == user, cancellationToken))
            return MemberErrors.NotFound(newcomer.UserId);
        if (await db.CheckNewcomerRoleAsync(role, cancellationToken) is { } refused)
            return refused;
        if (await db.CheckMembersAsync(cancellationToken) is { } full)
            return full;
        newcomer.Roles.Add(role);
        var member = Member.Create(newcomer, time.GetUtcNow());
        db.Members.Add(member);
        db.Publish(member.Id, member.ToEvent());
        return await db.TrySaveChangesAsync(cancellationToken, MemberErrors.AlreadyMember) is { } error ? error : member.ToMessage();
    }

    private async Task<V1.Member?> FindAsync(Guid tenant, Guid user, CancellationToken cancellationToken)
    {
        using var answer = await admin.SendAsync(HttpMethod.Get, $"/organizations/{tenant}/members/{user}", null, cancellationToken, HttpStatusCode.NotFound);
        if (!answer.IsSuccessStatusCode)
            return null;
        var person = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        var providers = await NamesAsync($"/organizations/{tenant}/identity-providers", "alias", cancellationToken);
        var connected = providers.Count == 0 ? providers : await NamesAsync($"/users/{user}/federated-identity", "identityProvider", cancellationToken);
        return connected.Overlaps(providers) ? MemberOf(user, person) : null;
    }

    /// <summary>A person of the identity server as a member who has no role yet.</summary>
    public static V1.Member MemberOf(Guid user, JsonElement person)
    {
        var (email, name) = (Text(person, "email"), $"{Text(person, "firstName")} {Text(person, "lastName")}".Trim());
        return new V1.Member { UserId = user.ToString(), Email = Rules.IsEmail(email) ? email : "", DisplayName = name[..Math.Min(name.Length, 200)] };
    }

    private async Task<HashSet<string>> NamesAsync(string path, string property, CancellationToken cancellationToken) =>
        [.. (await admin.GetAsync(path, cancellationToken)).EnumerateArray().Select(item => Text(item, property))];

    private static string Text(JsonElement item, string property) => item.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    [LoggerMessage(Level = LogLevel.Warning, Message = "A newcomer could not be looked up at the identity server: {Failure}")]
    private static partial void LogAway(ILogger logger, string failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "A newcomer was made no member: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
}
