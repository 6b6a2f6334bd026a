using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Platform.Identity.Data;
using Platform.Identity.Events;
using Platform.Identity.Realms;
using static Platform.Identity.Admin.AdminAnswers;

namespace Platform.Identity.Admin;

/// <summary>Keycloak's <c>/events</c>: the sign-in journal, the newest first. Browser and organization stand in the details.</summary>
internal sealed class EventsApi(IdentityDbContext database, Realm realm)
{
    private const int MaxPage = 1000;

    public async Task<IResult> List(HttpContext http)
    {
        var query = http.Request.Query;
        var (types, user, client, address) = (query["type"].OfType<string>().ToList(), query["user"].ToString(), query["client"].ToString(), query["ipAddress"].ToString());
        var (from, to) = (Time(query["dateFrom"], endOfDay: false), Time(query["dateTo"], endOfDay: true));
        var found = database.Events.AsNoTracking().Where(entry =>
            (types.Count == 0 || types.Contains(entry.Type)) && (user == "" || entry.UserId == user) && (client == "" || entry.ClientId == client)
            && (address == "" || entry.IpAddress == address) && (from == null || entry.Time >= from) && (to == null || entry.Time <= to));
        var ordered = query["direction"] == "asc" ? found.OrderBy(entry => entry.Id) : found.OrderByDescending(entry => entry.Id);
        var page = await ordered.Skip(Number(http, "first", 0)).Take(Math.Min(Number(http, "max", 100), MaxPage)).ToListAsync(http.RequestAborted);
        return One(new JsonArray([.. page.Select(Show)]));
    }

    public async Task<IResult> Clear(HttpContext http)
    {
        await database.Events.ExecuteDeleteAsync(http.RequestAborted);
        return Results.NoContent();
    }

    private JsonObject Show(SignInEvent entry)
    {
        var details = new JsonObject();
        if (entry.UserAgent is { } agent) details["user_agent"] = agent;
        if (entry.OrganizationId is { } organization) details["organization"] = organization;
        if (entry.CredentialType is { } credential) details["credential_type"] = credential;
        if (entry.IdentityProvider is { } provider) details["identity_provider"] = provider;
        if (entry.Reason is { } reason) details["reason"] = reason;
        if (realm.FindAnyUser(entry.UserId) is { } user) details["username"] = user.Username;
        var shown = new JsonObject
        {
            ["id"] = entry.Id.ToString(),
            ["time"] = entry.Time.ToUnixTimeMilliseconds(),
            ["type"] = entry.Type,
            ["realmId"] = realm.Name,
            ["clientId"] = entry.ClientId,
            ["userId"] = entry.UserId,
            ["sessionId"] = entry.SessionId,
            ["ipAddress"] = entry.IpAddress,
            ["details"] = details,
        };
        if (entry.Error is { } error) shown["error"] = error;
        return shown;
    }

    // Keycloak takes a day or milliseconds.
    private static DateTimeOffset? Time(string? text, bool endOfDay)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)) return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return null;
        return new DateTimeOffset((endOfDay ? day.AddDays(1) : day).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
    }
}
