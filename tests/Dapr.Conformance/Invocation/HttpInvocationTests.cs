using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Dapr.Client;
using Dapr.Conformance.Harness;

namespace Dapr.Conformance.Invocation;

/// <summary>Calls from app to app over HTTP (contract §1.5).</summary>
public sealed class HttpInvocationTests(InvocationApps apps) : HttpInvocationFacts(apps), IClassFixture<InvocationApps>;

/// <summary>The same from one sidecar process to another.</summary>
public sealed class SeparateHttpInvocationTests(SeparateApps apps) : HttpInvocationFacts(apps), IClassFixture<SeparateApps>;

public abstract class HttpInvocationFacts(InvocationApps apps)
{
    private readonly HttpClient _http = apps.Caller.Http();
    private readonly string _key = Guid.NewGuid().ToString("N");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("callee")]
    [InlineData("multiplexed")]
    [InlineData("caller")]
    public async Task The_clients_typed_call_reaches_the_app(string app)
    {
        using var dapr = apps.Caller.Dapr();
#pragma warning disable CS0618 // Services still call it.
        var doubled = await dapr.InvokeMethodAsync<Number, Number>(app, "double", new Number(21), Cancel);
#pragma warning restore CS0618
        Assert.Equal(42, doubled.Value);
    }

    [Fact]
    public async Task The_clients_http_client_reaches_the_app_by_its_name()
    {
        using var client = DaprClient.CreateInvokeHttpClient("callee", apps.Caller.HttpAddress.ToString());
        using var response = await client.PostAsJsonAsync("/double", new Number(4), Cancel);
        Assert.Equal(8, (await response.Content.ReadFromJsonAsync<Number>(Cancel))?.Value);
    }

    [Fact]
    public async Task A_failed_call_of_the_client_has_the_apps_answer()
    {
        using var dapr = apps.Caller.Dapr();
#pragma warning disable CS0618
        var failure = await Assert.ThrowsAsync<InvocationException>(() => dapr.InvokeMethodAsync(HttpMethod.Get, "callee", "status/409", Cancel));
#pragma warning restore CS0618
        Assert.Equal(HttpStatusCode.Conflict, failure.Response.StatusCode);
        Assert.Equal("said 409", await failure.Response.Content.ReadAsStringAsync(Cancel));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    public async Task Any_verb_arrives_as_it_was_sent(string verb)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), $"/v1.0/invoke/callee/method/things/1?key={_key}");
        using var response = await _http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal((verb, "/things/1"), (apps.Last(_key).Method, apps.Last(_key).Path));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(204)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(418)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task The_apps_answer_is_passed_on_as_it_is_and_the_app_is_asked_once(int status)
    {
        using var response = await _http.PostAsync(new Uri($"/v1.0/invoke/callee/method/status/{status}?key={_key}", UriKind.Relative), Errors.Json("{}"), Cancel);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 204 ? "" : $"said {status}", await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("yes", response.Headers.GetValues("x-from-app").Single());
        Assert.Single(apps.Received[_key]);
    }

    [Fact]
    public async Task The_body_and_its_type_go_through_unchanged_in_both_directions()
    {
        var bytes = Enumerable.Range(0, 100_000).Select(number => (byte)(number * 7)).ToArray();
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/x-portable");
        using var response = await _http.PostAsync(new Uri($"/v1.0/invoke/callee/method/upload?key={_key}", UriKind.Relative), content, Cancel);
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("image/x-portable", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(bytes, apps.Last(_key).Body);
    }

    [Theory]
    [InlineData("a%20b")]
    [InlineData("a%2Fb")]
    [InlineData("a%3Fb%23c")]
    [InlineData("%D0%BF%D1%83%D1%82%D1%8C")]
    [InlineData("v1/items(1)")]
    public async Task The_paths_escapes_survive(string path)
    {
        var response = await RawHttp.GetAsync(apps.Caller.HttpPort, $"/v1.0/invoke/callee/method/{path}?key={_key}&q=%26x");
        Assert.Equal($"/{path}?key={_key}&q=%26x", response.Headers["x-path"]);
    }

    [Fact]
    public async Task The_header_with_the_apps_id_stands_for_the_path()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/any/path?key={_key}");
        request.Headers.Add("dapr-app-id", "callee");
        using var response = await _http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("/any/path", apps.Last(_key).Path);
        Assert.False(response.Headers.Contains("dapr-app-id"));
    }

    [Fact]
    public async Task The_user_of_an_url_stands_for_the_path_as_well()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/by/user?key={_key}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes("dapr-app-id:callee")));
        using var response = await _http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("/by/user", apps.Last(_key).Path);
    }

    [Fact]
    public async Task Headers_go_through_but_for_those_of_the_connection_and_the_callers_token()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1.0/invoke/callee/method/headers?key={_key}") { Content = Errors.Json("{}") };
        request.Headers.Add("x-mine", "1");
        request.Headers.Add("Connection", "x-private");
        request.Headers.Add("x-private", "no");
        request.Headers.Add("Keep-Alive", "timeout=5");
        request.Headers.Add("Proxy-Authorization", "no");
        request.Headers.Add("dapr-api-token", "whatever");
        request.Headers.Add("dapr-caller-app-id", "somebody-else");
        using var response = await _http.SendAsync(request, Cancel);

        var headers = apps.Last(_key).Headers;
        Assert.Equal("1", headers["x-mine"]);
        Assert.Equal("caller", headers["dapr-caller-app-id"]);
        Assert.Equal("callee", headers["dapr-callee-app-id"]);
        Assert.All((string[])["x-private", "Keep-Alive", "Proxy-Authorization", "dapr-api-token"], name => Assert.False(headers.ContainsKey(name), name));
        Assert.All((string[])["X-Forwarded-For", "X-Forwarded-Host", "Forwarded"], name => Assert.True(headers.ContainsKey(name), name));
    }

    [Fact]
    public async Task The_callers_trace_goes_on_in_the_app()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1.0/invoke/callee/method/traced?key={_key}");
        request.Headers.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");
        request.Headers.Add("tracestate", "vendor=1");
        using var response = await _http.SendAsync(request, Cancel);
        Assert.Equal(Trace, apps.Last(_key).Headers["traceparent"].Split('-')[1]);
        Assert.Equal("vendor=1", apps.Last(_key).Headers["tracestate"]);
    }

    [Fact]
    public async Task An_answer_comes_while_it_is_being_written()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1.0/invoke/callee/method/drip");
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));
        for (var number = 0; number < 3; number++)
        {
            Assert.Equal($"data: {number}", await reader.ReadLineAsync(Cancel));
            Assert.Equal("", await reader.ReadLineAsync(Cancel));
            apps.Drips.Release();
        }

        Assert.Null(await reader.ReadLineAsync(Cancel));
    }

    [Fact]
    public async Task A_body_of_unknown_length_arrives_whole()
    {
        using var content = new StreamContent(new ChunkedStream(1000, 1500));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1.0/invoke/callee/method/chunked?key={_key}") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using var response = await _http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1_500_000, apps.Last(_key).Body.Length);
    }

    [Fact]
    public async Task An_unknown_app_is_an_error_of_invocation()
    {
        using var response = await _http.GetAsync(new Uri("/v1.0/invoke/nobody/method/x", UriKind.Relative), Cancel);
        await response.AssertErrorAsync(500, "ERR_DIRECT_INVOKE", "failed to invoke, id: nobody, err:");
    }

    [Fact]
    public async Task A_path_that_is_no_api_needs_the_id_of_an_app()
    {
        using var response = await _http.GetAsync(new Uri("/no/such/api", UriKind.Relative), Cancel);
        await response.AssertErrorAsync(404, "ERR_DIRECT_INVOKE", "failed getting app id either from the URL path or the header dapr-app-id");
    }

    [Fact]
    public async Task A_body_above_the_limit_is_refused()
    {
        using var content = new ByteArrayContent(new byte[4 * 1024 * 1024 + 1]);
        using var response = await _http.PostAsync(new Uri("/v1.0/invoke/callee/method/big", UriKind.Relative), content, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task The_javascript_client_invokes() => await NodeClient.RunAsync("invocation.js", apps.Caller);
}
