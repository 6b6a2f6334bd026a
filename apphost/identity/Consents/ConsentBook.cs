using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Platform.Identity.Data;
using Platform.Identity.Events;
using Platform.Identity.Realms;
using Platform.Identity.Tokens;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Identity.Consents;

/// <summary>What people have let applications do; it can be taken back, and the application's tokens with it.</summary>
internal sealed class ConsentBook(
    IdentityDbContext database, IOpenIddictApplicationManager applications, IOpenIddictTokenManager tokens, EventJournal journal, TimeProvider time)
{
    /// <summary>Whether the person has to be asked: the client wants consent, and something is asked that was not agreed to.</summary>
    public async Task<bool> IsNeededAsync(
        RealmUser user, RealmClient client, GrantedScopes scopes, OpenIddictRequest request, CancellationToken cancellationToken)
    {
        if (!client.Document.ConsentRequired) return false;
        if (request.HasPromptValue(PromptValues.Consent)) return true;
        return await FindAsync(user.Id, client.Id, cancellationToken) is not { } given || Asked(scopes).Except(given.Scopes).Any();
    }

    public Task<Consent?> FindAsync(string userId, string clientId, CancellationToken cancellationToken) => database.Consents.AsNoTracking()
        .SingleOrDefaultAsync(consent => consent.UserId == userId && consent.ClientId == clientId, cancellationToken);

    public Task<List<Consent>> OfAsync(string userId, CancellationToken cancellationToken) => database.Consents.AsNoTracking()
        .Where(consent => consent.UserId == userId).OrderBy(consent => consent.ClientId).ToListAsync(cancellationToken);

    public async Task GrantAsync(HttpContext http, RealmUser user, RealmClient client, GrantedScopes scopes)
    {
        var now = time.GetUtcNow();
        var given = await database.Consents.FindAsync([user.Id, client.Id], http.RequestAborted);
        if (given is null)
        {
            given = new Consent { UserId = user.Id, ClientId = client.Id, Scopes = [], GrantedAt = now, ChangedAt = now };
            database.Consents.Add(given);
        }
        given.Scopes = [.. given.Scopes.Union(Asked(scopes)).Order(StringComparer.Ordinal)];
        given.ChangedAt = now;
        await database.SaveChangesAsync(http.RequestAborted);
        journal.Record(http, EventTypes.GrantConsent, client.Id, user);
    }

    /// <summary>Takes consent back, and the application's tokens; false when there was none.</summary>
    public async Task<bool> RevokeAsync(HttpContext http, RealmUser user, string clientId)
    {
        var removed = await database.Consents.Where(consent => consent.UserId == user.Id && consent.ClientId == clientId)
            .ExecuteDeleteAsync(http.RequestAborted);
        if (removed == 0) return false;
        if (await applications.FindByClientIdAsync(clientId, http.RequestAborted) is { } application
            && await applications.GetIdAsync(application, http.RequestAborted) is { } id)
            await tokens.RevokeAsync(user.Id, id, status: null, type: null, http.RequestAborted);
        journal.Record(http, EventTypes.RevokeGrant, clientId, user);
        return true;
    }

    /// <summary>Consent dies with its application: whoever takes the client id next has been allowed nothing.</summary>
    public Task ForgetClientAsync(string clientId, CancellationToken cancellationToken) =>
        database.Consents.Where(consent => consent.ClientId == clientId).ExecuteDeleteAsync(cancellationToken);

    public Task ForgetUserAsync(string userId, CancellationToken cancellationToken) =>
        database.Consents.Where(consent => consent.UserId == userId).ExecuteDeleteAsync(cancellationToken);

    /// <summary>What the page shows: an application may have the rest without asking.</summary>
    public static IEnumerable<string> Asked(GrantedScopes scopes) => scopes.Scopes.Where(scope => scope.OnConsentScreen).Select(scope => scope.Name);
}
