using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Tests;

public sealed class RestFacts : IClassFixture<GatewayFixture>
{
    private readonly GatewayFixture _gateway;

    public RestFacts(GatewayFixture gateway)
    {
        _gateway = gateway;
        gateway.Sidecar.Answer = FakeSidecar.Ok;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tenants", "/current/access")]
    [InlineData("contacts", "/companies?query=a%20b&pageSize=5&pageToken=x%2Fy%2B")]
    [InlineData("deals", "/deals/0190ac3e-0000-7000-8000-000000000001:win")]
    [InlineData("finance", "/invoices/")]
    [InlineData("communications", "/emails/%D0%B9")]
    [InlineData("automation", "")]
    public async Task A_domain_is_invoked_with_path_and_query_as_they_came(string domain, string rest)
    {
        using var client = _gateway.Client();
        using var response = await client.PostAsJsonAsync($"/api/v1/{domain}{rest}", new { name = "A" }, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(_gateway.Sidecar.Requests, seen => seen.Method == "POST" && seen.Target == $"/v1.0/invoke/{domain}/method/api/v1/{domain}{rest}");
    }

    [Theory]
    [InlineData("deals.deal", "deals")]
    [InlineData("contacts.lead", "contacts")]
    [InlineData("finance.invoice", "finance")]
    public async Task Access_is_explained_by_the_domain_that_owns_the_resource(string resource, string domain)
    {
        using var client = _gateway.Client();
        using var response = await client.GetAsync(new Uri($"/api/v1/access:explain?user=a&resource={resource}&action=read&field=name", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(_gateway.Sidecar.Requests, seen =>
            seen.Target == $"/v1.0/invoke/{domain}/method/api/v1/{domain}/access:explain?user=a&resource={resource}&action=read&field=name");
    }

    [Theory]
    [InlineData("companies/0190ac3e-0000-7000-8000-000000000001:overview?item_count=2", "search")]
    [InlineData("people/0190ac3e-0000-7000-8000-000000000001:overview", "search")]
    [InlineData("companies/0190ac3e-0000-7000-8000-000000000001", "contacts")]
    [InlineData("companies/0190ac3e-0000-7000-8000-000000000001/merges", "contacts")]
    [InlineData("leads/0190ac3e-0000-7000-8000-000000000001:overview", "contacts")]
    public async Task What_is_known_of_a_customer_is_asked_of_search_and_all_else_of_contacts(string rest, string app)
    {
        using var client = _gateway.Client();
        using var response = await client.GetAsync(new Uri($"/api/v1/contacts/{rest}", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(_gateway.Sidecar.Requests, seen => seen.Method == "GET" && seen.Target == $"/v1.0/invoke/{app}/method/api/v1/contacts/{rest}");
    }

    [Fact]
    public async Task An_answer_goes_back_as_it_is()
    {
        _gateway.Sidecar.Answer = async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            context.Response.StatusCode = 201;
            context.Response.Headers.Location = "/api/v1/contacts/companies/1";
            context.Response.Headers["dapr-something"] = "inside";
            await context.Response.WriteAsJsonAsync(new { received = await reader.ReadToEndAsync(context.RequestAborted) });
        };
        using var client = _gateway.Client();
        using var response = await client.PutAsync(new Uri("/api/v1/contacts/companies/1", UriKind.Relative), new StringContent("{}", Encoding.UTF8, "application/json"), Token);
        Assert.Equal((HttpStatusCode.Created, "/api/v1/contacts/companies/1"), (response.StatusCode, response.Headers.Location?.ToString()));
        Assert.False(response.Headers.Contains("dapr-something"));
        Assert.Equal("{}", (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("received").GetString());
    }

    [Fact]
    public async Task A_services_problem_goes_back_as_it_is()
    {
        _gateway.Sidecar.Answer = context =>
        {
            context.Response.StatusCode = 412;
            context.Response.ContentType = "application/problem+json";
            return context.Response.WriteAsync("""{"code":"STALE_ETAG","status":412}""");
        };
        using var client = _gateway.Client();
        using var response = await client.GetAsync(new Uri("/api/v1/contacts/companies/1", UriKind.Relative), Token);
        await Problem.IsAsync(response, HttpStatusCode.PreconditionFailed, "STALE_ETAG");
    }

    [Theory]
    [InlineData(500, "application/json", """{"errorCode":"ERR_DIRECT_INVOKE","message":"failed to invoke, id: contacts"}""", 503, "UNAVAILABLE")]
    [InlineData(404, "application/json", """{"errorCode":"ERR_DIRECT_INVOKE","message":"no app"}""", 503, "UNAVAILABLE")]
    [InlineData(401, "text/plain", "invalid api token", 503, "UNAVAILABLE")]
    [InlineData(413, "application/json", """{"errorCode":"ERR_BODY_TOO_LARGE","message":"large"}""", 413, "BODY_TOO_LARGE")]
    [InlineData(404, "text/plain", "", 404, "NOT_FOUND")]
    [InlineData(405, "text/plain", "", 405, "METHOD_NOT_ALLOWED")]
    [InlineData(500, "text/html", "<h1>Stack trace of something</h1>", 500, "INTERNAL")]
    [InlineData(502, "application/json", "{broken", 502, "INTERNAL")]
    public async Task A_failure_behind_is_a_problem_that_gives_nothing_away(int status, string contentType, string body, int expected, string code)
    {
        _gateway.Sidecar.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            return context.Response.WriteAsync(body);
        };
        using var client = _gateway.Client();
        using var response = await client.GetAsync(new Uri("/api/v1/contacts/companies", UriKind.Relative), Token);
        var problem = await Problem.IsAsync(response, (HttpStatusCode)expected, code);
        Assert.Equal(expected == 503, response.Headers.RetryAfter is not null);
        Assert.DoesNotContain("Stack", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_file_is_streamed_and_not_held()
    {
        const int Size = 200 * 1024 * 1024;
        const int Step = 8 * 1024 * 1024;
        var (received, looked, peak) = (0L, 0L, 0L);
        _gateway.Sidecar.Answer = async context =>
        {
            var buffer = new byte[64 * 1024];
            while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is var read and > 0)
            {
                received += read;
                if (received < looked)
                    continue;
                // What is held, and not what nobody has collected yet.
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
                looked += Step;
            }

            await context.Response.WriteAsJsonAsync(new { received });
        };
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var client = _gateway.Client();
        using var content = new StreamContent(new Zeros(Size), 64 * 1024);
        using var response = await client.PostAsync(new Uri("/api/v1/contacts/imports", UriKind.Relative), content, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Size, received);
        Assert.True(peak - before < 64 * 1024 * 1024, $"{(peak - before) / 1024 / 1024} MiB were held.");
    }

    [Theory]
    [InlineData("/api/v1/contacts/companies", 4 * 1024 * 1024, true)]
    [InlineData("/api/v1/contacts/companies", 4 * 1024 * 1024, false)]
    [InlineData("/api/v1/deals/imports", 4 * 1024 * 1024, true)]
    [InlineData("/api/v1/contacts/imports", 256 * 1024 * 1024, true)]
    [InlineData("/api/v1/objects/machines:import", 256 * 1024 * 1024, true)]
    [InlineData("/api/v1/objects/machines/1:import", 4 * 1024 * 1024, true)]
    public async Task A_body_that_is_too_large_is_refused(string path, long limit, bool declared)
    {
        _gateway.Sidecar.Answer = async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            await context.Response.WriteAsJsonAsync(new { ok = true });
        };
        using var client = _gateway.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StreamContent(new Zeros(limit + 1)), Headers = { ExpectContinue = true } };
        request.Content.Headers.ContentLength = declared ? limit + 1 : null;
        request.Headers.TransferEncodingChunked = !declared;
        using var response = await client.SendAsync(request, Token);
        await Problem.IsAsync(response, HttpStatusCode.RequestEntityTooLarge, "BODY_TOO_LARGE");
        Assert.Single(response.Headers.GetValues("X-Request-Id"));
    }

    [Fact]
    public async Task Unknown_routes_and_methods_are_problems_for_everybody()
    {
        using var nobody = _gateway.Client(null);
        await Problem.IsAsync(await nobody.GetAsync(new Uri("/nothing", UriKind.Relative), Token), HttpStatusCode.NotFound, "NOT_FOUND");
        await Problem.IsAsync(await nobody.GetAsync(new Uri("/api/v1/unknown/x", UriKind.Relative), Token), HttpStatusCode.NotFound, "NOT_FOUND");
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/contacts/companies");
        using var response = await nobody.SendAsync(request, Token);
        await Problem.IsAsync(response, HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED");
        Assert.Contains("PATCH", response.Content.Headers.Allow);
    }

    [Fact]
    public async Task The_request_id_is_the_trace_and_goes_on()
    {
        using var client = _gateway.Client();
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/contacts/companies?marker=trace");
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        using var response = await client.SendAsync(request, Token);
        Assert.Equal(trace, response.Headers.GetValues("X-Request-Id").Single());
        var seen = _gateway.Sidecar.Requests.Last(seen => seen.Target.EndsWith("marker=trace", StringComparison.Ordinal));
        Assert.StartsWith($"00-{trace}-", seen.Headers["traceparent"], StringComparison.Ordinal);
        Assert.DoesNotContain("00f067aa0ba902b7", seen.Headers["traceparent"], StringComparison.Ordinal);
        using var other = await client.GetAsync(new Uri("/health", UriKind.Relative), Token);
        Assert.Matches("^[0-9a-f]{32}$", other.Headers.GetValues("X-Request-Id").Single());
    }

    [Fact]
    public async Task Json_is_compressed_and_carries_security_headers()
    {
        _gateway.Sidecar.Answer = context => context.Response.WriteAsJsonAsync(new { text = new string('a', 10_000) });
        using var client = _gateway.Client();
        client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        using var response = await client.GetAsync(new Uri("/api/v1/contacts/companies", UriKind.Relative), Token);
        Assert.Equal("br", response.Content.Headers.ContentEncoding.Single());
        Assert.True((await response.Content.ReadAsByteArrayAsync(Token)).Length < 1000);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.False(response.Headers.Contains("Server"));
    }
}
