using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Platform.Invocation;

namespace Platform.Tenants.SignIns;

/// <summary>The identity server's journal, over the admin API that Keycloak and the local provider have in common.</summary>
internal sealed class IdentityJournal(HttpClient http, ServiceAccount account, IConfiguration configuration)
{
    private const int PageSize = 500;

    /// <summary>All sign-ins and attempts between the two moments, both included, the oldest first.</summary>
    public async Task<List<IdentityEvent>> ReadAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, IdentityEvent>(StringComparer.Ordinal);
        for (var first = 0; ; first += PageSize)
        {
            // What comes in between shifts pages towards the end, so that an entry may come twice and none is passed over.
            var page = await ReadPageAsync(from, until, first, cancellationToken);
            foreach (var entry in page)
                found[entry.Id] = entry;
            if (page.Count < PageSize)
                return [.. found.Values.OrderBy(entry => entry.Time).ThenBy(entry => entry.Id, StringComparer.Ordinal)];
        }
    }

    private async Task<List<IdentityEvent>> ReadPageAsync(DateTimeOffset from, DateTimeOffset until, int first, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture,
            $"type={IdentityEvent.Login}&type={IdentityEvent.LoginError}&dateFrom={from.ToUnixTimeMilliseconds()}&dateTo={until.ToUnixTimeMilliseconds()}&direction=asc&first={first}&max={PageSize}");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{Server}/admin/realms/{Realm}/events?{query}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await account.GetTokenAsync(cancellationToken));
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<List<IdentityEvent>>(cancellationToken) ?? [];
    }

    private string Server => (configuration["Keycloak:auth-server-url"] ?? configuration["Keycloak:AuthServerUrl"])!.TrimEnd('/');

    private string? Realm => configuration["Keycloak:realm"] ?? configuration["Keycloak:Realm"];
}
