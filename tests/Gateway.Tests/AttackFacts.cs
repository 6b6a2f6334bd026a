using System.Net;
using System.Net.Http.Headers;
using Platform.Testing;
using Xunit;

namespace Gateway.Tests;

/// <summary>Ways to reach what is not public, each with a valid token, so that the token is not what stops it.</summary>
public sealed class AttackFacts(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1.0/metadata")]
    [InlineData("/v1.0/shutdown")]
    [InlineData("/v1.0/invoke/contacts/method/api/v1/contacts/companies")]
    [InlineData("/v1.0/state/statestore/key")]
    [InlineData("/v1.0/secrets/secretstore/key")]
    [InlineData("/v1.0/publish/pubsub/deals")]
    [InlineData("/dapr/subscribe")]
    [InlineData("/dapr/config")]
    [InlineData("/events/deals")]
    [InlineData("/healthz")]
    [InlineData("/api/v1/gateway/x")]
    [InlineData("/api/v1/identity/x")]
    [InlineData("/api/v1/contactsx/companies")]
    [InlineData("/api/v1/contact/companies")]
    [InlineData("/api/v2/contacts/companies")]
    [InlineData("/API/v1/contacts/companies")]
    [InlineData("/api/v1/Contacts/companies")]
    [InlineData("/api/v1/%63ontacts/companies")]
    [InlineData("/api/v1/contacts/../../../events/deals")]
    [InlineData("/api/v1/contacts/../deals/deals")]
    [InlineData("/api/v1/contacts/./companies")]
    [InlineData("/api/v1/contacts/..")]
    [InlineData("/api/v1/contacts/%2e%2e/%2e%2e/%2e%2e/dapr/subscribe")]
    [InlineData("/api/v1/contacts/.%2E/.%2E/events/deals")]
    [InlineData("/api/v1/contacts/..%2f..%2f..%2fv1.0/shutdown")]
    [InlineData("/api/v1/contacts/..%5c..%5cevents")]
    [InlineData("/api/v1/contacts/..\\..\\events")]
    [InlineData("/api/v1/contacts%2f..%2f..%2fevents%2fdeals")]
    [InlineData("/api/v1/contacts/%252e%252e%252fevents")]
    [InlineData("/api/v1/contacts/%252e%252e/x")]
    [InlineData("/api/v1/contacts//companies")]
    [InlineData("//api/v1/contacts/companies")]
    [InlineData("/api//v1/contacts/companies")]
    [InlineData("/api/v1/contacts;x=1/companies")]
    [InlineData("/api/v1/contacts/..;/..;/events")]
    [InlineData("/api/v1/contacts/a%00b")]
    [InlineData("/api/v1/contacts/a%0d%0aX-Evil:%201")]
    [InlineData("/api/v1/contacts/%3fx")]
    [InlineData("/api/v1/contacts/%23x")]
    [InlineData("/api/v1/contacts/%zz")]
    [InlineData("/api/v1/contacts/%c0%ae%c0%ae/%c0%ae%c0%ae/events")]
    [InlineData("/api/v1/contacts/companies#/../../events")]
    [InlineData("http://127.0.0.1:3500/v1.0/metadata")]
    [InlineData("http://gateway/api/v1/contacts/../../../dapr/config")]
    [InlineData("*")]
    [InlineData("/platform.contacts.v1.CompaniesService/GetCompany")]
    [InlineData("/dapr.proto.runtime.v1.Dapr/GetSecret")]
    public async Task Nothing_but_the_public_api_is_forwarded(string target)
    {
        var before = gateway.Sidecar.Forwarded;
        var (status, _) = await gateway.RawAsync($"GET {target} HTTP/1.1", Token, $"Authorization: Bearer {gateway.Token}", "dapr-app-id: finance");
        Assert.True(status is 400 or 404 or 405, $"{target}: {status}");
        Assert.Equal(before, gateway.Sidecar.Forwarded);
    }

    [Theory]
    [InlineData("/dapr.proto.runtime.v1.Dapr/GetSecret")]
    [InlineData("/TaskHubSidecarService/StartInstance")]
    [InlineData("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")]
    [InlineData("/dapr.proto.runtime.v1.AppCallback/OnTopicEvent")]
    [InlineData("/platform.gateway.v1.GatewayService/Do")]
    [InlineData("/platform.contacts.v2.CompaniesService/GetCompany")]
    [InlineData("/platform.contacts.v1./GetCompany")]
    [InlineData("/platform.contacts.v1.CompaniesService/Get%43ompany")]
    [InlineData("/platform.contacts.v1.CompaniesService/GetCompany?dapr-app-id=finance")]
    [InlineData("/platform.contacts.v1.CompaniesService/../../dapr.proto.runtime.v1.Dapr/GetSecret")]
    [InlineData("/platform.contacts.v1.A/B/C")]
    [InlineData("/PLATFORM.contacts.v1.CompaniesService/GetCompany")]
    public async Task No_other_grpc_service_is_reached(string path)
    {
        var before = gateway.Sidecar.Forwarded;
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.GrpcAddress.ToString().TrimEnd('/') + path, AsItIs))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", gateway.Token) },
        };
        request.Headers.Add("dapr-app-id", "finance");
        using var response = await client.SendAsync(request, Token);
        Assert.Equal((HttpStatusCode.OK, "application/grpc"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains(response.Headers.GetValues("grpc-status").Single(), (IEnumerable<string>)["12", "3"]);
        Assert.Equal(before, gateway.Sidecar.Forwarded);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer not-a-token")]
    [InlineData("Basic ZGFwci1hcHAtaWQ6ZmluYW5jZQ==")]
    [InlineData("bearer")]
    public async Task Without_a_valid_token_no_service_is_touched(string? authorization)
    {
        var before = gateway.Sidecar.Forwarded;
        string[] headers = authorization is null ? [] : [$"Authorization: {authorization}"];
        var (status, body) = await gateway.RawAsync("GET /api/v1/contacts/companies HTTP/1.1", Token, headers);
        Assert.Equal(401, status);
        Assert.Contains("\"code\":\"UNAUTHENTICATED\"", body, StringComparison.Ordinal);
        Assert.Equal(before, gateway.Sidecar.Forwarded);
    }

    [Fact]
    public async Task Expired_tokens_and_tokens_for_others_are_refused()
    {
        var claims = new Dictionary<string, object> { ["sub"] = "x" };
        string[] tokens =
        [
            TestTokens.Create(claims, expires: DateTime.UtcNow.AddMinutes(-6)),
            TestTokens.Create(claims, issuer: "http://identity.test/realms/other"),
            TestTokens.Create(claims, audience: "account"),
        ];
        foreach (var token in tokens)
        {
            using var client = gateway.Client(token);
            using var response = await client.GetAsync(new Uri("/api/v1/contacts/companies", UriKind.Relative), Token);
            await Problem.IsAsync(response, HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
        }
    }

    [Fact]
    public async Task What_the_sidecar_and_the_services_trust_is_never_the_clients_word()
    {
        using var client = gateway.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/contacts/companies?marker=headers");
        string[] evil = ["dapr-app-id", "Dapr-Callee-App-Id", "dapr-caller-app-id", "dapr-api-token", "x-tenant-id", "X-Forwarded-For", "X-Forwarded-Host", "X-Original-URL", "X-HTTP-Method-Override", "Forwarded", "Cookie"];
        foreach (var name in evil)
            request.Headers.TryAddWithoutValidation(name, "evil");
        request.Headers.Add("Idempotency-Key", "mine");
        using var response = await client.SendAsync(request, Token);
        response.EnsureSuccessStatusCode();
        var seen = gateway.Sidecar.Requests.Last(seen => seen.Target.EndsWith("marker=headers", StringComparison.Ordinal));
        Assert.DoesNotContain(seen.Headers, header => header.Value.Contains("evil", StringComparison.Ordinal));
        Assert.Equal(FakeSidecar.Token, seen.Headers["dapr-api-token"]);
        Assert.Equal($"Bearer {gateway.Token}", seen.Headers["Authorization"]);
        Assert.Equal("mine", seen.Headers["Idempotency-Key"]);
    }

    [Fact]
    public async Task Only_a_service_account_names_the_tenant()
    {
        using var service = gateway.Client(TestTokens.ForService("contacts.read"));
        service.DefaultRequestHeaders.Add("x-tenant-id", TestTenants.Globex.ToString());
        using var response = await service.GetAsync(new Uri("/api/v1/contacts/companies?marker=service", UriKind.Relative), Token);
        response.EnsureSuccessStatusCode();
        var seen = gateway.Sidecar.Requests.Last(seen => seen.Target.EndsWith("marker=service", StringComparison.Ordinal));
        Assert.Equal(TestTenants.Globex.ToString(), seen.Headers["x-tenant-id"]);
    }

    [Fact]
    public async Task A_connection_cannot_be_taken_over()
    {
        var (status, _) = await gateway.RawAsync("GET /api/v1/contacts/companies?marker=upgrade HTTP/1.1", Token, $"Authorization: Bearer {gateway.Token}", "Upgrade: websocket");
        Assert.Equal(200, status);
        var seen = gateway.Sidecar.Requests.Last(seen => seen.Target.EndsWith("marker=upgrade", StringComparison.Ordinal));
        Assert.False(seen.Headers.ContainsKey("Upgrade"));
    }
}
