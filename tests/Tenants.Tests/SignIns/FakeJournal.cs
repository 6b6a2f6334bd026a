using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Web;

namespace Tenants.Tests.SignIns;

/// <summary>Stands for the identity server: a token for the journal's account, and the events as Keycloak's admin API gives them.</summary>
public sealed class FakeJournal : HttpMessageHandler
{
    public const string Secret = "secret-of-the-journal";
    private readonly ConcurrentDictionary<string, Happening> _events = new();
    private int _reads;

    /// <summary>While set, nobody is answered.</summary>
    public bool Down { get; set; }

    /// <summary>How often it was read.</summary>
    public int Reads => _reads;

    public void Add(Happening happening) => _events[happening.Id] = happening;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Down)
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        if (request.RequestUri!.AbsolutePath == "/realms/platform/protocol/openid-connect/token")
        {
            var form = HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken));
            return (form["client_id"], form["client_secret"]) == ("platform-journal", Secret)
                ? new HttpResponseMessage { Content = JsonContent.Create(new { access_token = "journal-token", expires_in = 300 }) }
                : new HttpResponseMessage(HttpStatusCode.Unauthorized);
        }

        if (request.RequestUri.AbsolutePath != "/admin/realms/platform/events" || request.Headers.Authorization?.Parameter != "journal-token")
            return new HttpResponseMessage(HttpStatusCode.Forbidden);
        var page = Read(request.RequestUri.Query);
        Interlocked.Increment(ref _reads);
        return new HttpResponseMessage { Content = JsonContent.Create(page) };
    }

    private List<object> Read(string text)
    {
        var query = HttpUtility.ParseQueryString(text);
        var (from, to) = (long.Parse(query["dateFrom"]!), long.Parse(query["dateTo"]!));
        var found = _events.Values.Where(entry => query.GetValues("type")!.Contains(entry.Type) && entry.Time >= from && entry.Time <= to);
        var sorted = query["direction"] == "asc" ? found.OrderBy(entry => entry.Time) : found.OrderByDescending(entry => entry.Time);
        return [.. sorted.Skip(int.Parse(query["first"]!)).Take(int.Parse(query["max"]!)).Select(entry => entry.ToJson())];
    }
}

/// <summary>What happened at the identity server.</summary>
public sealed record Happening(string Type, Guid? User)
{
    public string Id { get; init; } = Guid.NewGuid().ToString();

    public long Time { get; init; } = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public string Client { get; init; } = "platform-web";

    public string Session { get; init; } = Guid.NewGuid().ToString();

    public string Address { get; init; } = "198.51.100.7";

    public string? Error { get; init; }

    public Dictionary<string, string> Details { get; init; } = [];

    public static Happening Login(Guid user, params (string Name, string Value)[] details) =>
        new("LOGIN", user) { Details = details.ToDictionary(detail => detail.Name, detail => detail.Value) };

    public static Happening Failure(Guid? user, string error) => new("LOGIN_ERROR", user) { Error = error };

    // What Keycloak does not know it leaves out.
    internal object ToJson()
    {
        var json = new Dictionary<string, object>
        {
            ["id"] = Id,
            ["time"] = Time,
            ["type"] = Type,
            ["realmId"] = "platform",
            ["clientId"] = Client,
            ["ipAddress"] = Address,
            ["details"] = Details,
        };
        if (User is { } user)
            json["userId"] = user.ToString();
        if (Type == "LOGIN")
            json["sessionId"] = Session;
        if (Error is not null)
            json["error"] = Error;
        return json;
    }
}
