using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dapr.Client;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Bindings;

public sealed class OutputBindingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_are_written_listed_read_and_deleted()
    {
        await using var sidecar = new SoloSidecar();
        var root = Path.Combine(sidecar.Folder, "files");
        await sidecar.Component("files", "bindings.localstorage", ("rootPath", root)).Start();
        var dapr = sidecar.Dapr();

        var written = await dapr.InvokeBindingAsync<string, JsonObject>("files", "create", "hello there", Name("a/b.txt"), Cancel);
        Assert.Equal("a/b.txt", (string?)written["fileName"]);
        Assert.Equal("hello there", await File.ReadAllTextAsync(Path.Combine(root, "a/b.txt"), Cancel));
        await dapr.InvokeBindingAsync(new BindingRequest("files", "create") { Data = Encoding.UTF8.GetBytes(Convert.ToBase64String([0, 255])), Metadata = { ["fileName"] = "raw" } }, Cancel);
        Assert.Equal([0, 255], await File.ReadAllBytesAsync(Path.Combine(root, "raw"), Cancel));

        using var http = sidecar.Http();
        using var list = await Post(http, "files", new { operation = "list" });
        Assert.Equal([Path.Combine(root, "a/b.txt"), Path.Combine(root, "raw")], await list.Content.ReadFromJsonAsync<string[]>(Cancel) ?? []);
        using var read = await Post(http, "files", new { operation = "get", metadata = new { fileName = "a/b.txt" } });
        Assert.Equal("hello there", await read.Content.ReadAsStringAsync(Cancel));
        using var deleted = await Post(http, "files", new { operation = "delete", metadata = new { fileName = "a/b.txt" } });
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.False(File.Exists(Path.Combine(root, "a/b.txt")));
    }

    [Fact]
    public async Task No_file_outside_of_the_root_is_touched()
    {
        await using var sidecar = new SoloSidecar();
        var root = Directory.CreateDirectory(Path.Combine(sidecar.Folder, "files")).FullName;
        Directory.CreateDirectory(Path.Combine(sidecar.Folder, "files-beside"));
        await File.WriteAllTextAsync(Path.Combine(sidecar.Folder, "secret"), "secret", Cancel);
        Directory.CreateSymbolicLink(Path.Combine(root, "out"), sidecar.Folder);
        await sidecar.Component("files", "bindings.localstorage", ("rootPath", root)).Start();
        using var http = sidecar.Http();

        foreach (var name in (string[])["../secret", "a/../../secret", "out/secret", "../files-beside/x", "."])
        {
            foreach (var operation in (string[])["get", "create", "delete"])
            {
                using var answer = await Post(http, "files", new { operation, data = "x", metadata = new { fileName = name } });
                Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
                Assert.Contains("ERR_INVOKE_OUTPUT_BINDING", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            }
        }

        Assert.Equal("secret", await File.ReadAllTextAsync(Path.Combine(sidecar.Folder, "secret"), Cancel));
    }

    [Theory]
    [InlineData("""{"operation":""}""", 500, "operation field is missing from request")]
    [InlineData("""{"operation":"explode"}""", 500, "does not support operation explode. supported operations:create get list delete")]
    [InlineData("""{"operation":"get"}""", 500, "fileName is missing")]
    [InlineData("not json", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("[]", 400, "ERR_MALFORMED_REQUEST")]
    public async Task A_request_that_cannot_be_is_refused(string body, int status, string text)
    {
        await using var sidecar = new SoloSidecar();
        await sidecar.Component("files", "bindings.localstorage", ("rootPath", Path.Combine(sidecar.Folder, "files"))).Start();
        using var http = sidecar.Http();
        using var answer = await http.PostAsync("/v1.0/bindings/files", new StringContent(body, Encoding.UTF8, "application/json"), Cancel);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(text, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var unknown = await Post(http, "nothing", new { operation = "get" });
        Assert.Contains("couldn't find output binding nothing", await unknown.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_url_is_called_with_verb_path_headers_and_body()
    {
        await using var target = new TestApp("target", "http")
        {
            OnRequest = async context =>
            {
                var body = await new StreamReader(context.Request.Body).ReadToEndAsync(Cancel);
                context.Response.StatusCode = context.Request.Path == "/base/broken" ? 503 : 200;
                context.Response.Headers["x-seen"] = context.Request.Headers["X-Sent"];
                await context.Response.WriteAsync($"{context.Request.Method} {context.Request.Path} {context.Request.ContentType} {body}", Cancel);
            },
        };
        await target.Start();
        await using var sidecar = await new SoloSidecar().Component("web", "bindings.http", ("url", $"http://127.0.0.1:{target.Port}/base")).Start();
        using var http = sidecar.Http();

        using var posted = await Post(http, "web", new { operation = "create", data = new { a = 1 }, metadata = new Dictionary<string, string> { ["path"] = "/x/y", ["X-Sent"] = "1" } });
        Assert.Equal("POST /base/x/y application/json; charset=utf-8 {\"a\":1}", await posted.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(("200", "1"), (posted.Headers.GetValues("metadata.statusCode").Single(), posted.Headers.GetValues("metadata.x-seen").Single()));
        using var text = await Post(http, "web", new { operation = "put", data = "plain", metadata = new Dictionary<string, string> { ["Content-Type"] = "text/plain" } });
        Assert.Equal("PUT /base text/plain plain", await text.Content.ReadAsStringAsync(Cancel));
        using var got = await Post(http, "web", new { operation = "get" });
        Assert.Equal("GET /base  ", await got.Content.ReadAsStringAsync(Cancel));

        using var failed = await Post(http, "web", new { operation = "get", metadata = new { path = "broken" } });
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.Contains("received status code '503'", await failed.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var wanted = await Post(http, "web", new { operation = "get", metadata = new { path = "broken", errorIfNot2XX = "false" } });
        Assert.Equal("503", wanted.Headers.GetValues("metadata.statusCode").Single());
    }

    private static Dictionary<string, string> Name(string fileName) => new() { ["fileName"] = fileName };

    private static Task<HttpResponseMessage> Post<T>(HttpClient http, string binding, T body) => http.PostAsJsonAsync($"/v1.0/bindings/{binding}", body, Cancel);
}
