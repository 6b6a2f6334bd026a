using System.Net;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests;

public sealed class ApiKeyFacts(TenantsFixture tenants) : IClassFixture<TenantsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_acts_in_its_tenant_with_its_own_permissions_only()
    {
        var company = await tenants.CompanyAsync();
        var made = await Keys(company).CreateApiKeyAsync(Reading("tenants.read"), cancellationToken: Token);
        Assert.StartsWith($"{made.ApiKey.Prefix}_", made.Key, StringComparison.Ordinal);
        Assert.Equal(company.AdministratorId.ToString(), made.ApiKey.CreatorId);

        var machine = new TenantsService.TenantsServiceClient(tenants.Grpc(made.Key));
        Assert.Equal("initech", (await machine.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token)).Slug);
        var access = await machine.GetAccessAsync(new GetAccessRequest(), cancellationToken: Token);
        Assert.Equal((company.Tenant.ToString(), made.ApiKey.Id), (access.TenantId, access.UserId));
        Assert.Equal(["tenants.read"], access.Permissions);
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", machine.UpdateTenantAsync(new UpdateTenantRequest { Tenant = new Tenant() }, cancellationToken: Token));
        var elsewhere = new TenantsService.TenantsServiceClient(tenants.Grpc(made.Key, ("x-tenant-id", TestTenants.Acme.ToString())));
        Assert.Equal("initech", (await elsewhere.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token)).Slug);

        var read = await Keys(company).GetApiKeyAsync(new GetApiKeyRequest { Id = made.ApiKey.Id }, cancellationToken: Token);
        Assert.NotNull(read.LastUseTime);
        Assert.Equal(made.ApiKey.Etag, read.Etag);
    }

    [Fact]
    public async Task No_secret_is_kept_or_told_again()
    {
        var company = await tenants.CompanyAsync();
        var made = await Keys(company).CreateApiKeyAsync(Reading("tenants.read"), cancellationToken: Token);
        var secret = made.Key[(made.Key.LastIndexOf('_') + 1)..];
        foreach (var table in new[] { "api_keys", "outbox_messages", "idempotency_records" })
            Assert.Equal(0, await tenants.Database.QueryAsync<long>($"SELECT count(*) FROM {table} t WHERE t::text LIKE '%{secret}%' OR t::text LIKE '%{Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(secret)).ToLowerInvariant()}%'"));
        var keyed = new ApiKeysService.ApiKeysServiceClient(tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId), ("idempotency-key", "a")));
        await Fails.With(StatusCode.InvalidArgument, "IDEMPOTENCY_KEY_NOT_TAKEN", keyed.CreateApiKeyAsync(Reading("tenants.read"), cancellationToken: Token));
    }

    [Fact]
    public async Task A_deleted_key_an_expired_one_and_a_wrong_secret_are_refused()
    {
        var company = await tenants.CompanyAsync();
        var made = await Keys(company).CreateApiKeyAsync(Reading("tenants.read"), cancellationToken: Token);
        var last = made.Key[^1] == '0' ? '1' : '0';
        foreach (var wrong in new[] { made.Key[..^1] + last, made.Key[..^1], made.Key + "0", "pk_", "pk_x_y_z", made.Key.ToUpperInvariant(), made.Key.Replace($"{company.Tenant:N}", $"{TestTenants.Acme:N}", StringComparison.Ordinal) })
            await RefusedAsync(wrong);

        Assert.Equal(["tenants.read"], await LeftAsync(made));
        await Keys(company).DeleteApiKeyAsync(new DeleteApiKeyRequest { Id = made.ApiKey.Id }, cancellationToken: Token);
        await Eventually.HoldsAsync(async () => await StatusAsync(made.Key) == HttpStatusCode.Unauthorized);
        Assert.Empty(await LeftAsync(made));
        Assert.Equal(2, await tenants.EventsAsync("ApiKeyChanged", Guid.Parse(made.ApiKey.Id)));

        var brief = await Keys(company).CreateApiKeyAsync(Reading("tenants.read"), cancellationToken: Token);
        await tenants.Database.ExecuteAsync($"UPDATE api_keys SET expire_time = now() WHERE id = '{brief.ApiKey.Id}'");
        await RefusedAsync(brief.Key);
        Assert.Empty(await LeftAsync(brief));

        // What a key began, the platform goes on with, and asks whether it still may.
        async Task<IEnumerable<string>> LeftAsync(CreateApiKeyResponse key) =>
            (await new TenantsService.TenantsServiceClient(tenants.Grpc(TestTokens.ForService("tenants.read"), ("x-tenant-id", $"{company.Tenant}"), ("x-on-behalf-of", key.ApiKey.Id))).GetAccessAsync(new GetAccessRequest { UserId = key.ApiKey.Id }, cancellationToken: Token)).Permissions;
    }

    [Fact]
    public async Task A_rotated_key_overlaps_with_the_one_before()
    {
        var company = await tenants.CompanyAsync();
        var first = await Keys(company).CreateApiKeyAsync(Reading("tenants.read"), cancellationToken: Token);
        var second = await Keys(company).RotateApiKeyAsync(new RotateApiKeyRequest { Id = first.ApiKey.Id }, cancellationToken: Token);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await StatusAsync(first.Key), await StatusAsync(second.Key)));
        Assert.NotNull(second.ApiKey.PreviousSecretExpireTime);
        var third = await Keys(company).RotateApiKeyAsync(new RotateApiKeyRequest { Id = first.ApiKey.Id, Overlap = new Duration() }, cancellationToken: Token);
        await Eventually.HoldsAsync(async () => await StatusAsync(first.Key) == HttpStatusCode.Unauthorized);
        await Eventually.HoldsAsync(async () => await StatusAsync(second.Key) == HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(third.Key));
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Keys(company).RotateApiKeyAsync(new RotateApiKeyRequest { Id = first.ApiKey.Id, Overlap = new Duration { Seconds = 31 * 86400 } }, cancellationToken: Token));
    }

    [Fact]
    public async Task Nobody_gives_a_key_more_than_they_have_and_keys_make_no_keys()
    {
        var company = await tenants.CompanyAsync();
        await Fails.With(StatusCode.InvalidArgument, "PERMISSION_NOT_HELD", Keys(company).CreateApiKeyAsync(Reading("tenants.read", "planets.move"), cancellationToken: Token));
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Keys(company).CreateApiKeyAsync(Reading(), cancellationToken: Token));
        var late = Reading("tenants.read");
        late.ApiKey.ExpireTime = new Timestamp { Seconds = long.MaxValue };
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Keys(company).CreateApiKeyAsync(late, cancellationToken: Token));

        var made = await Keys(company).CreateApiKeyAsync(Reading("tenants.admin"), cancellationToken: Token);
        var machine = new ApiKeysService.ApiKeysServiceClient(tenants.Grpc(made.Key));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", machine.CreateApiKeyAsync(Reading("tenants.admin"), cancellationToken: Token));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", machine.DeleteApiKeyAsync(new DeleteApiKeyRequest { Id = made.ApiKey.Id }, cancellationToken: Token));

        // Who administers and may do nothing else gets no secret of a key that may.
        var roles = new RolesService.RolesServiceClient(tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId)));
        await roles.CreateRoleAsync(new CreateRoleRequest { Role = new Role { Name = "clerk", DisplayName = "Clerk", Permissions = { "tenants.admin", "tenants.read" } } }, cancellationToken: Token);
        var clerk = await company.AddAsync("clerk");
        var shop = await Keys(company).CreateApiKeyAsync(Reading("contacts.read", "tenants.read"), cancellationToken: Token);
        var own = await Keys(company).CreateApiKeyAsync(Reading("tenants.read"), cancellationToken: Token);
        var keys = new ApiKeysService.ApiKeysServiceClient(tenants.Grpc(TestTokens.ForPerson(company.Tenant, clerk)));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_NOT_HELD", keys.RotateApiKeyAsync(new RotateApiKeyRequest { Id = shop.ApiKey.Id }, cancellationToken: Token));
        Assert.NotEmpty((await keys.RotateApiKeyAsync(new RotateApiKeyRequest { Id = own.ApiKey.Id }, cancellationToken: Token)).Key);
    }

    [Fact]
    public async Task Another_tenant_sees_no_keys()
    {
        var (company, other) = (await tenants.CompanyAsync(), await tenants.CompanyAsync());
        var made = await Keys(company).CreateApiKeyAsync(Reading("tenants.read"), cancellationToken: Token);
        Assert.Empty((await Keys(other).ListApiKeysAsync(new ListApiKeysRequest(), cancellationToken: Token)).ApiKeys);
        Assert.Single((await Keys(company).ListApiKeysAsync(new ListApiKeysRequest(), cancellationToken: Token)).ApiKeys);
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", Keys(other).GetApiKeyAsync(new GetApiKeyRequest { Id = made.ApiKey.Id }, cancellationToken: Token));
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", Keys(other).RotateApiKeyAsync(new RotateApiKeyRequest { Id = made.ApiKey.Id }, cancellationToken: Token));
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", Keys(other).DeleteApiKeyAsync(new DeleteApiKeyRequest { Id = made.ApiKey.Id }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_key_is_renamed_under_its_etag()
    {
        var company = await tenants.CompanyAsync();
        var made = await Keys(company).CreateApiKeyAsync(Reading("tenants.read"), cancellationToken: Token);
        var renamed = await Keys(company).UpdateApiKeyAsync(new UpdateApiKeyRequest { ApiKey = new ApiKey { Id = made.ApiKey.Id, Etag = made.ApiKey.Etag, DisplayName = "Shop" } }, cancellationToken: Token);
        Assert.Equal(("Shop", made.ApiKey.ExpireTime), (renamed.DisplayName, renamed.ExpireTime));
        await Fails.With(StatusCode.Aborted, "STALE_ETAG", Keys(company).UpdateApiKeyAsync(new UpdateApiKeyRequest { ApiKey = new ApiKey { Id = made.ApiKey.Id, Etag = made.ApiKey.Etag, DisplayName = "Late" } }, cancellationToken: Token));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(made.Key));
    }

    private static CreateApiKeyRequest Reading(params string[] permissions) => new() { ApiKey = new ApiKey { DisplayName = "Shop system", Permissions = { permissions } } };

    private ApiKeysService.ApiKeysServiceClient Keys(Company company) => new(tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId)));

    private async Task<HttpStatusCode> StatusAsync(string key)
    {
        using var client = tenants.Rest(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        using var response = await client.GetAsync(new Uri("/api/v1/tenants/current", UriKind.Relative), Token);
        return response.StatusCode;
    }

    private async Task RefusedAsync(string key) => Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(key));
}
