using System.Net;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contacts.V1;
using Xunit;

namespace Gateway.Tests;

public sealed class OutageFacts(OutageFacts.WithoutSidecar gateway, OutageFacts.WithoutIdentity blind) : IClassFixture<OutageFacts.WithoutSidecar>, IClassFixture<OutageFacts.WithoutIdentity>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_sidecar_rest_is_unavailable_for_a_moment()
    {
        using var client = gateway.Client();
        using var response = await client.GetAsync(new Uri("/api/v1/contacts/companies", UriKind.Relative), Token);
        await Problem.IsAsync(response, HttpStatusCode.ServiceUnavailable, "UNAVAILABLE");
        Assert.NotNull(response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Without_the_sidecar_grpc_is_unavailable()
    {
        var client = new CompaniesService.CompaniesServiceClient(gateway.Grpc(gateway.Token));
        var failure = await Assert.ThrowsAsync<RpcException>(() => client.GetCompanyAsync(new GetCompanyRequest(), cancellationToken: Token).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
    }

    [Fact]
    public async Task Without_the_identity_server_no_token_can_be_checked()
    {
        using var client = blind.Client();
        using var response = await client.GetAsync(new Uri("/api/v1/contacts/companies", UriKind.Relative), Token);
        await Problem.IsAsync(response, HttpStatusCode.ServiceUnavailable, "IDENTITY_UNAVAILABLE");
    }

    [Fact]
    public async Task The_gateway_itself_is_healthy()
    {
        using var client = gateway.Client(null);
        Assert.Equal("Healthy", await client.GetStringAsync(new Uri("/health", UriKind.Relative), Token));
    }

    public sealed class WithoutSidecar : GatewayFixture
    {
        protected override Dictionary<string, string?> Settings => new() { ["DAPR_HTTP_PORT"] = "1", ["DAPR_GRPC_PORT"] = "1" };
    }

    public sealed class WithoutIdentity : GatewayFixture
    {
        protected override Dictionary<string, string?> Settings => new() { ["Keycloak:auth-server-url"] = "http://127.0.0.1:1/" };

        protected override void Configure(IServiceCollection services)
        {
        }
    }
}
