using System.Net;
using System.Net.Http.Json;
using Dapr.Client.Autogen.Grpc.v1;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;
using DaprService = Dapr.Client.Autogen.Grpc.v1.Dapr;

namespace Platform.Sidecar.Tests.Policies;

public sealed class ApiRuleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_what_is_allowed_of_a_protocol_is_there()
    {
        await using var app = await new TestApp("app", "http").Start();
        await using var sidecar = await new SoloSidecar(app).Component("secrets", "secretstores.local.env").Config("""
              api:
                allowed:
                  - { name: invoke, version: v1.0, protocol: http }
                  - { name: metadata, version: v1, protocol: grpc }
            """).Start();
        using var http = sidecar.Http();

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/v1.0/invoke/app/method/x", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await http.GetAsync("/v1.0/healthz/outbound", Cancel)).StatusCode);
        foreach (var path in (string[])["/v1.0/metadata", "/v1.0/secrets/secrets/HOME", "/v1.0-alpha1/lock/x"])
        {
            using var refused = await http.GetAsync(path, Cancel);
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
            Assert.Contains("ERR_DIRECT_INVOKE", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        using var channel = sidecar.Grpc();
        var dapr = new DaprService.DaprClient(channel);
        Assert.Equal("app", (await dapr.GetMetadataAsync(new GetMetadataRequest(), cancellationToken: Cancel)).Id);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await dapr.GetSecretAsync(new GetSecretRequest { StoreName = "secrets", Key = "HOME" }, cancellationToken: Cancel));
        Assert.Equal((StatusCode.Unimplemented, "requested endpoint is not available"), (error.StatusCode, error.Status.Detail));
    }

    [Fact]
    public async Task What_is_denied_is_not_there_and_everything_else_is()
    {
        await using var sidecar = await new SoloSidecar().Component("secrets", "secretstores.local.env").Config("""
              api:
                denied:
                  - { name: secrets, version: v1.0, protocol: http }
            """).Start();
        using var http = sidecar.Http();
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/v1.0/secrets/secrets/HOME", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/v1.0/metadata", Cancel)).StatusCode);
        using var channel = sidecar.Grpc();
        Assert.NotEmpty((await new DaprService.DaprClient(channel).GetSecretAsync(new GetSecretRequest { StoreName = "secrets", Key = "HOME" }, cancellationToken: Cancel)).Data);
    }

    [Fact]
    public async Task Secrets_are_scoped()
    {
        await using var sidecar = await new SoloSidecar { Environment = { ["GOOD"] = "1", ["BAD"] = "2", ["OTHER"] = "3" } }.Component("secrets", "secretstores.local.env").Config("""
              secrets:
                scopes:
                  - storeName: secrets
                    defaultAccess: deny
                    allowedSecrets: ["GOOD", "BAD"]
                    deniedSecrets: ["BAD"]
            """).Start();
        using var http = sidecar.Http();
        Assert.Equal("""{"GOOD":"1"}""", await http.GetStringAsync("/v1.0/secrets/secrets/GOOD", Cancel));
        foreach (var name in (string[])["BAD", "OTHER"])
        {
            using var refused = await http.GetAsync("/v1.0/secrets/secrets/" + name, Cancel);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains($"access denied by policy to get \\\"{name}\\\" from \\\"secrets\\\"", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        Assert.Equal("""{"GOOD":{"GOOD":"1"}}""", await http.GetStringAsync("/v1.0/secrets/secrets/bulk", Cancel));
    }

    [Theory]
    [InlineData("GET", "/open/deep/er", 200)]
    [InlineData("POST", "/open/deep", 403)]
    [InlineData("GET", "/OPEN/x?secret=1", 200)]
    [InlineData("GET", "/closed", 403)]
    [InlineData("GET", "/a/any/c", 200)]
    [InlineData("GET", "/a/any/d", 403)]
    public async Task An_app_says_who_may_call_what(string verb, string path, int status)
    {
        await using var stack = await TestStack.Create();
        stack.Resource("config", """
            apiVersion: dapr.io/v1alpha1
            kind: Configuration
            metadata: { name: config }
            spec:
              accessControl:
                defaultAction: deny
                policies:
                  - appId: caller
                    defaultAction: deny
                    operations:
                      - { name: /open/*, httpVerb: ["GET"], action: allow }
                      - { name: /a/*/c, httpVerb: ["*"], action: allow }
            """);
        stack.AppSettings = "configFilePath: ../config";
        stack.App("caller");
        stack.App("stranger");
        var app = await stack.App("app").Start();
        await stack.Start();
        using var request = new HttpRequestMessage(new HttpMethod(verb), "/v1.0/invoke/app/method" + path);
        using var answer = await stack.Http("caller").SendAsync(request, Cancel);
        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 403)
            Assert.Contains("access control policy has denied access to id: caller operation: ", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await stack.Http("stranger").GetAsync("/v1.0/invoke/app/method/open/x", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stack.Http("app").GetAsync("/v1.0/invoke/app/method/closed", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Paths_and_names_are_read_as_loosely_as_daprd_reads_them()
    {
        await using var app = new TestApp("app", "http") { OnRequest = context => context.Response.WriteAsync(context.Request.Headers.ContainsKey("x-private").ToString(), Cancel) };
        await app.Start();
        await using var sidecar = new SoloSidecar(app);
        await sidecar.Component("files", "bindings.localstorage", ("rootPath", Path.Combine(sidecar.Folder, "files"))).Component("pubsub", "pubsub.in-memory").Start();
        using var http = sidecar.Http();
        foreach (var path in (string[])["/v1.0/metadata/", "/v1.0//metadata"])
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(path, Cancel)).StatusCode);
        using var nothing = await http.GetAsync("/v1.0/no/such/thing", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        Assert.Contains("ERR_DIRECT_INVOKE", await nothing.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var binding = await http.PostAsJsonAsync("/v1.0/bindings/files/", new { Operation = "list" }, new System.Text.Json.JsonSerializerOptions(), Cancel);
        Assert.Equal("[]", await binding.Content.ReadAsStringAsync(Cancel));
        using var bulk = await http.PostAsJsonAsync("/v1.0/publish/bulk/pubsub/topic", new[] { new { entryID = "1", Event = 1, contentType = "application/json" } }, new System.Text.Json.JsonSerializerOptions(), Cancel);
        Assert.Equal(HttpStatusCode.NoContent, bulk.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1.0/invoke/app/method/x") { Headers = { { "Connection", "x-private" }, { "x-private", "1" } } };
        using var answer = await http.SendAsync(request, Cancel);
        Assert.Equal("False", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Both_tokens_are_asked_for_and_given()
    {
        await using var app = new TestApp("app", "http") { OnRequest = context => context.Response.WriteAsync(context.Request.Headers["dapr-api-token"].ToString(), Cancel) };
        await app.Start();
        await using var sidecar = await new SoloSidecar(app) { Environment = { ["DAPR_API_TOKEN"] = "in", ["APP_API_TOKEN"] = "out" } }.Start();
        using var http = sidecar.Http();
        using var refused = await http.GetAsync("/v1.0/metadata", Cancel);
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid api token"), (refused.StatusCode, await refused.Content.ReadAsStringAsync(Cancel)));
        http.DefaultRequestHeaders.Add("dapr-api-token", "in");
        Assert.Equal("out", await http.GetStringAsync("/v1.0/invoke/app/method/x", Cancel));

        using var channel = sidecar.Grpc();
        var dapr = new DaprService.DaprClient(channel);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(async () => await dapr.GetMetadataAsync(new GetMetadataRequest(), cancellationToken: Cancel))).StatusCode);
        Assert.Equal("app", (await dapr.GetMetadataAsync(new GetMetadataRequest(), new Metadata { { "dapr-api-token", "in" } }, cancellationToken: Cancel)).Id);
    }

    [Fact]
    public async Task Browsers_may_call_only_from_the_allowed_origins()
    {
        await using var closed = await new SoloSidecar().Start();
        await using var open = await new SoloSidecar { Flags = { "--allowed-origins", "https://a.example,https://b.example" }, Environment = { ["DAPR_API_TOKEN"] = "in" } }.Start();
        Assert.Null(await Preflight(closed, "https://a.example"));
        Assert.Equal("https://b.example", await Preflight(open, "https://b.example"));
        Assert.Null(await Preflight(open, "https://c.example"));
    }

    private static async Task<string?> Preflight(SoloSidecar sidecar, string origin)
    {
        using var http = sidecar.Http();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1.0/state/statestore") { Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "POST" } } };
        using var response = await http.SendAsync(request, Cancel);
        return response.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed.Single() : null;
    }
}
