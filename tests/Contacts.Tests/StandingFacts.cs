using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests;

/// <summary>What a service makes of how a company stands, as the tenants service tells it.</summary>
public sealed class StandingFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TenantState.Suspended, "contacts", "TENANT_SUSPENDED")]
    [InlineData(TenantState.Deleting, "contacts", "TENANT_DELETING")]
    [InlineData(TenantState.Active, "deals", "MODULE_NOT_ENTITLED")]
    [InlineData(TenantState.Active, "contacts", "PERMISSION_DENIED")]
    public async Task A_refusal_says_what_it_comes_from(TenantState state, string module, string code)
    {
        var user = Guid.CreateVersion7();
        contacts.Access.Set(TestTenants.Acme, new Platform.Tenants.V1.Access { UserId = user.ToString(), TenantState = state, Modules = { "tenants", module } });
        using var client = contacts.Rest(TestTokens.ForPerson(TestTenants.Acme, user));
        using var response = await client.GetAsync(new Uri("/api/v1/contacts/people", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(code, (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_storage_check_is_the_operators_and_leaves_nothing()
    {
        Assert.Equal(HttpStatusCode.NoContent, await CheckAsync(TestTokens.ForService("tenants.provision")));
        Assert.Equal(HttpStatusCode.Forbidden, await CheckAsync(TestTokens.ForService("contacts.write")));
        Assert.Equal(HttpStatusCode.Forbidden, await CheckAsync(TestTokens.ForPerson(TestTenants.Acme, Guid.CreateVersion7(), "contacts.write")));
        Assert.Equal(0L, await contacts.Database.QueryAsync<long>("SELECT count(*) FROM inbox_messages WHERE event_id LIKE 'storage-check-%'"));
    }

    private async Task<HttpStatusCode> CheckAsync(string token)
    {
        using var client = contacts.Rest(token);
        client.DefaultRequestHeaders.Add("x-tenant-id", TestTenants.Acme.ToString());
        using var response = await client.PostAsync(new Uri("/platform/storage:check", UriKind.Relative), null, Token);
        return response.StatusCode;
    }
}
