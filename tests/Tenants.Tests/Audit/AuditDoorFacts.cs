using System.Net;
using System.Text.Json;
using Platform.Audit.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests.Audit;

public sealed class AuditDoorFacts(AuditFixture audit) : IClassFixture<AuditFixture>
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_sees_the_entries_of_all_services_in_one_list()
    {
        var (company, user) = await CompanyAsync();
        audit.Deals.Add("deals", "deals.deal", $"{user}", TimeProvider.System.GetUtcNow().AddHours(1), action: "win");
        audit.Contacts.Add("contacts", "contacts.person", $"{user}", TimeProvider.System.GetUtcNow().AddHours(-1));
        using var rest = audit.RestAs(company.Tenant, company.AdministratorId);
        var entries = await ListAsync(rest, $"id={user}");
        Assert.Equal(["deals", "tenants", "tenants", "contacts"], entries.Select(entry => entry.GetProperty("service").GetString()));
        var changed = entries[1];
        Assert.Equal(("update", "tenants.member", company.AdministratorId.ToString()), (Text(changed, "action"), Text(changed, "resource"), Text(changed, "actor")));
        Assert.Equal("""{"roles":["sales"]}""", changed.GetProperty("before").GetRawText().Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("""{"roles":["administrator","viewer"]}""", changed.GetProperty("after").GetRawText().Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(["tenants", "tenants"], (await ListAsync(rest, $"id={user}&resource=tenants.member")).Select(entry => Text(entry, "service")));
        Assert.Single(await ListAsync(rest, $"id={user}&action=win"));
    }

    [Fact]
    public async Task Pages_and_filters_go_across_the_services()
    {
        var company = await audit.Tenants.CompanyAsync();
        var actor = $"{Guid.CreateVersion7()}";
        foreach (var hour in Enumerable.Range(0, 23))
            (hour % 3 == 0 ? audit.Deals : audit.Contacts).Add(hour % 3 == 0 ? "deals" : "contacts", "contacts.lead", $"{hour}", Monday.AddHours(hour), actor);
        using var rest = audit.RestAs(company.Tenant, company.AdministratorId);
        List<string> seen = [];
        for (var (token, first) = ("", true); first || token.Length > 0; first = false)
        {
            var page = await GetAsync(rest, $"/api/v1/audit/entries?actor={actor}&pageSize=5&pageToken={token}");
            seen.AddRange(page.GetProperty("entries").EnumerateArray().Select(entry => Text(entry, "resourceId")));
            token = Text(page, "nextPageToken");
        }

        Assert.Equal(Enumerable.Range(0, 23).Reverse().Select(hour => $"{hour}"), seen);
        var morning = await ListAsync(rest, $"actor={actor}&startTime={Monday.AddHours(2):yyyy-MM-ddTHH:mm:ssZ}&endTime={Monday.AddHours(4):yyyy-MM-ddTHH:mm:ssZ}");
        Assert.Equal(["3", "2"], morning.Select(entry => Text(entry, "resourceId")));
        Assert.Equal(HttpStatusCode.BadRequest, (await rest.GetAsync(new Uri($"/api/v1/audit/entries?actor={actor}x&pageToken=AAAA", UriKind.Relative), Token)).StatusCode);
    }

    [Fact]
    public async Task Only_administrators_read_the_log_and_only_that_of_their_tenant()
    {
        var (company, user) = await CompanyAsync();
        var sales = Guid.CreateVersion7();
        await company.Administrator.CreateMemberAsync(new CreateMemberRequest { Member = new Member { UserId = $"{sales}", Email = "s@initech.example", Roles = { "sales" } } }, cancellationToken: Token);
        using var asSales = audit.RestAs(company.Tenant, sales);
        foreach (var path in new[] { "entries", "entries:export", "entries:verify" })
            Assert.Equal(HttpStatusCode.Forbidden, (await asSales.GetAsync(new Uri($"/api/v1/audit/{path}", UriKind.Relative), Token)).StatusCode);
        using var greg = audit.RestAs(TestTenants.Globex, DemoPeople.Greg);
        Assert.Empty(await ListAsync(greg, $"id={user}&resource=tenants.member"));
    }

    [Fact]
    public async Task A_log_with_a_hole_is_no_answer()
    {
        var company = await audit.Tenants.CompanyAsync();
        using var rest = audit.RestAs(company.Tenant, company.AdministratorId);
        audit.Deals.IsDown = true;
        try
        {
            using var response = await rest.GetAsync(new Uri("/api/v1/audit/entries", UriKind.Relative), Token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Contains("AUDIT_INCOMPLETE", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
            Assert.NotEmpty(await ListAsync(rest, "resource=tenants.member"));
        }
        finally
        {
            audit.Deals.IsDown = false;
        }
    }

    [Fact]
    public async Task An_export_streams_what_a_list_shows_and_is_an_entry_itself()
    {
        var company = await audit.Tenants.CompanyAsync();
        var actor = $"{Guid.CreateVersion7()}";
        foreach (var minute in Enumerable.Range(0, 1201))
            audit.Contacts.Add("contacts", "contacts.lead", $"{minute}", Monday.AddMinutes(minute), actor);
        using var rest = audit.RestAs(company.Tenant, company.AdministratorId);
        var lines = (await rest.GetStringAsync(new Uri($"/api/v1/audit/entries:export?actor={actor}", UriKind.Relative), Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, 1201).Reverse().Select(minute => $"{minute}"), lines.Select(line => Entry.Parser.ParseJson(line).ResourceId));
        using var response = await rest.GetAsync(new Uri($"/api/v1/audit/entries:export?actor={actor}&format=EXPORT_FORMAT_CSV", UriKind.Relative), Token);
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        var csv = (await response.Content.ReadAsStringAsync(Token)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1202, csv.Length);
        Assert.DoesNotContain(csv, line => line.Contains('\n', StringComparison.Ordinal));
        Assert.StartsWith("time,service,resource,", csv[0], StringComparison.Ordinal);
        // JSON in CSV: the quotes of both.
        Assert.Contains("\"{ \"\"note\"\": \"\"=1+1, \\\"\"quoted\\\"\"\"\" }\"", csv[1], StringComparison.Ordinal);
        var exports = await ListAsync(rest, $"resource=tenants.audit&action=export");
        Assert.Equal(2, exports.Count);
        Assert.All(exports, entry => Assert.Equal((company.AdministratorId.ToString(), actor), (Text(entry, "actor"), entry.GetProperty("after").GetProperty("actor").GetString())));
    }

    [Fact]
    public async Task A_whole_log_is_intact_and_a_cut_one_is_not()
    {
        var (company, _) = await CompanyAsync();
        var sealedAll = $"SELECT count(*) FROM audit_entries e WHERE tenant_id = '{company.Tenant}' AND NOT EXISTS (SELECT FROM audit_seals s WHERE s.entry_id = e.id)";
        await Eventually.HoldsAsync(async () => await audit.Tenants.Database.QueryAsync<long>(sealedAll) == 0);
        await audit.DeliverHeadsAsync(company.Tenant);
        using var rest = audit.RestAs(company.Tenant, company.AdministratorId);
        var whole = await GetAsync(rest, "/api/v1/audit/entries:verify");
        Assert.True(whole.GetProperty("intact").GetBoolean(), whole.GetRawText());
        var own = whole.GetProperty("chains").EnumerateArray().First();
        Assert.Equal(("tenants", "4"), (Text(own, "service"), Text(own, "sequence")));
        Assert.NotEqual("0", Text(own, "heads"));
        Assert.Equal(11, whole.GetProperty("chains").GetArrayLength());
        await audit.Tenants.Database.ExecuteAsync($"""
            SET session_replication_role = replica;
            DELETE FROM audit_entries WHERE id IN (SELECT entry_id FROM audit_seals WHERE tenant_id = '{company.Tenant}' AND sequence = 4);
            DELETE FROM audit_seals WHERE tenant_id = '{company.Tenant}' AND sequence = 4
            """);
        var cut = await GetAsync(rest, "/api/v1/audit/entries:verify");
        Assert.False(cut.GetProperty("intact").GetBoolean());
        var finding = cut.GetProperty("chains").EnumerateArray().First().GetProperty("finding");
        Assert.Equal(("FINDING_KIND_TRUNCATED", "4"), (Text(finding, "kind"), Text(finding, "sequence")));
    }

    /// <summary>A company in whose log somebody was made a member with one role and then given others.</summary>
    private async Task<(Company Company, Guid User)> CompanyAsync()
    {
        var company = await audit.Tenants.CompanyAsync();
        var user = Guid.CreateVersion7();
        await company.Administrator.CreateMemberAsync(new CreateMemberRequest { Member = new Member { UserId = $"{user}", Email = "x@initech.example", Roles = { "sales" } } }, cancellationToken: Token);
        await company.Administrator.UpdateMemberAsync(new UpdateMemberRequest { Member = new Member { UserId = $"{user}", Roles = { "viewer", "administrator" } }, UpdateMask = Google.Protobuf.WellKnownTypes.FieldMask.FromString("roles") }, cancellationToken: Token);
        return (company, user);
    }

    private static async Task<List<JsonElement>> ListAsync(HttpClient rest, string query) =>
        [.. (await GetAsync(rest, $"/api/v1/audit/entries?{query}")).GetProperty("entries").EnumerateArray()];

    private static async Task<JsonElement> GetAsync(HttpClient rest, string path)
    {
        using var response = await rest.GetAsync(new Uri(path, UriKind.Relative), Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : element.GetProperty(name).GetRawText();
}
