using Google.Protobuf;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Gateway.Tests;

public sealed class GrpcFacts(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_reaches_the_app_of_its_package_whatever_the_client_names()
    {
        var client = new TenantsService.TenantsServiceClient(gateway.Grpc(gateway.Token, ("dapr-app-id", "finance"), ("dapr-callee-app-id", "finance"), ("dapr-api-token", "evil"), ("x-tenant-id", "evil")));
        Assert.Equal("acme", (await client.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token)).Slug);
        var seen = gateway.Sidecar.Requests.Last(seen => seen.Target == "/platform.tenants.v1.TenantsService/GetTenant");
        Assert.Equal(("tenants", FakeSidecar.Token, $"Bearer {gateway.Token}"), (seen.Headers["dapr-app-id"], seen.Headers["dapr-api-token"], seen.Headers["authorization"]));
        Assert.False(seen.Headers.ContainsKey("dapr-callee-app-id"));
        Assert.False(seen.Headers.ContainsKey("x-tenant-id"));
    }

    [Fact]
    public async Task A_service_account_names_its_tenant_over_grpc_too()
    {
        var client = new TenantsService.TenantsServiceClient(gateway.Grpc(TestTokens.ForService("tenants.read"), ("x-tenant-id", "globex-id")));
        await client.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token);
        Assert.Contains(gateway.Sidecar.Requests, seen => seen.Headers.TryGetValue("x-tenant-id", out var tenant) && tenant == "globex-id");
    }

    [Fact]
    public async Task So_does_a_support_person_and_nobody_else_who_has_roles_there()
    {
        foreach (var (role, tenant) in ((string, string)[])[("tenants.support", "initech-id"), ("tenants.read", "hooli-id")])
        {
            var token = TestTokens.Create(new Dictionary<string, object>
            {
                ["sub"] = $"{Guid.CreateVersion7()}",
                ["resource_access"] = new Dictionary<string, object> { [TestTokens.Audience] = new Dictionary<string, object> { ["roles"] = (string[])[role] } },
            });
            var client = new TenantsService.TenantsServiceClient(gateway.Grpc(token, ("x-tenant-id", tenant)));
            await client.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token);
        }

        Assert.Contains(gateway.Sidecar.Requests, seen => seen.Headers.TryGetValue("x-tenant-id", out var tenant) && tenant == "initech-id");
        Assert.DoesNotContain(gateway.Sidecar.Requests, seen => seen.Headers.TryGetValue("x-tenant-id", out var tenant) && tenant == "hooli-id");
    }

    [Fact]
    public async Task A_status_comes_back_with_its_trailers()
    {
        var client = new TenantsService.TenantsServiceClient(gateway.Grpc(gateway.Token));
        var failure = await Assert.ThrowsAsync<RpcException>(() => client.UpdateTenantAsync(new UpdateTenantRequest(), cancellationToken: Token).ResponseAsync);
        Assert.Equal((StatusCode.Aborted, "Läuft nicht", "stale"), (failure.StatusCode, failure.Status.Detail, failure.Trailers.GetValue("reason")));
        Assert.Equal([1, 2, 3], failure.Trailers.GetValueBytes("details-bin"));
    }

    [Fact]
    public async Task Messages_stream_both_ways_one_by_one()
    {
        var client = new ImportsService.ImportsServiceClient(gateway.Grpc(gateway.Token));
        using var call = client.ImportContacts(cancellationToken: Token);
        for (var size = 1; size <= 3; size++)
        {
            await call.RequestStream.WriteAsync(new ImportContactsRequest { Content = ByteString.CopyFrom(new byte[size]) }, Token);
            Assert.True(await call.ResponseStream.MoveNext(Token));
            Assert.Equal(size, call.ResponseStream.Current.Progress.BytesRead);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(Token));
        Assert.Equal((StatusCode.OK, "abc"), (call.GetStatus().StatusCode, call.GetTrailers().GetValue("checksum")));
    }

    [Fact]
    public async Task A_stream_may_be_larger_than_any_body()
    {
        var client = new ImportsService.ImportsServiceClient(gateway.Grpc(gateway.Token));
        using var call = client.ImportContacts(cancellationToken: Token);
        var piece = ByteString.CopyFrom(new byte[1024 * 1024]);
        for (var i = 0; i < 8; i++)
        {
            await call.RequestStream.WriteAsync(new ImportContactsRequest { Content = piece }, Token);
            Assert.True(await call.ResponseStream.MoveNext(Token));
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(Token));
    }

    [Fact]
    public async Task Without_a_token_the_status_is_unauthenticated()
    {
        var before = gateway.Sidecar.Forwarded;
        var client = new CompaniesService.CompaniesServiceClient(gateway.Grpc(null));
        var failure = await Assert.ThrowsAsync<RpcException>(() => client.GetCompanyAsync(new GetCompanyRequest(), cancellationToken: Token).ResponseAsync);
        Assert.Equal(StatusCode.Unauthenticated, failure.StatusCode);
        Assert.Equal(before, gateway.Sidecar.Forwarded);
    }

    [Fact]
    public async Task A_call_that_the_app_does_not_have_is_unimplemented()
    {
        var client = new CompaniesService.CompaniesServiceClient(gateway.Grpc(gateway.Token));
        var failure = await Assert.ThrowsAsync<RpcException>(() => client.GetCompanyAsync(new GetCompanyRequest(), cancellationToken: Token).ResponseAsync);
        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    [Fact]
    public async Task An_app_that_the_sidecar_does_not_reach_is_unavailable()
    {
        var client = new TenantsService.TenantsServiceClient(gateway.Grpc(gateway.Token));
        var failure = await Assert.ThrowsAsync<RpcException>(() => client.ListRolesAsync(new ListRolesRequest(), cancellationToken: Token).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.DoesNotContain("resolve", failure.Status.Detail, StringComparison.Ordinal);
    }
}
