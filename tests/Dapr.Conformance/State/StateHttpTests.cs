using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dapr.Conformance.Harness;

namespace Dapr.Conformance.State;

/// <summary>The same stores over plain HTTP: statuses, headers, error bodies (contract §1.3, §1.4).</summary>
public abstract class StateHttpTests(StateSetup setup)
{
    private readonly HttpClient _http = setup.Http;
    private readonly string _key = $"k-{Guid.NewGuid():N}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Uri Store = new($"/v1.0/state/{StateSetup.Store}", UriKind.Relative);

    private Uri Key => new($"/v1.0/state/{StateSetup.Store}/{_key}", UriKind.Relative);

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task Json_is_saved_and_read_as_it_was_written(string verb)
    {
        const string Value = """{"text":"ż","number":1.50,"list":[1,null,true],"nested":{"a":{}}}""";
        using var request = new HttpRequestMessage(new HttpMethod(verb), Store) { Content = Errors.Json($$"""[{"key":"{{_key}}","value":{{Value}}}]""") };
        using var saved = await _http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, saved.StatusCode);
        Assert.Equal("", await saved.Content.ReadAsStringAsync(Cancel));

        using var read = await _http.GetAsync(Key, Cancel);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Value), JsonNode.Parse(await read.Content.ReadAsStringAsync(Cancel))));
        Assert.NotEmpty(read.Headers.GetValues("ETag").Single());
    }

    [Fact]
    public async Task What_the_client_has_saved_is_the_same_over_http()
    {
        await setup.Dapr.SaveStateAsync(StateSetup.Store, _key, new { a = 1 }, cancellationToken: Cancel);
        Assert.Equal("""{"a":1}""", await _http.GetStringAsync(Key, Cancel));
    }

    [Fact]
    public async Task An_etag_that_does_not_match_is_a_conflict()
    {
        await SaveAsync("1");
        using var save = await _http.PostAsync(Store, Errors.Json($$"""[{"key":"{{_key}}","value":2,"etag":"{{setup.OtherEtag}}"}]"""), Cancel);
        await save.AssertErrorAsync(409, "ERR_STATE_SAVE", "possible etag mismatch");

        using var request = new HttpRequestMessage(HttpMethod.Delete, Key);
        request.Headers.TryAddWithoutValidation("If-Match", setup.OtherEtag);
        using var delete = await _http.SendAsync(request, Cancel);
        await delete.AssertErrorAsync(409, "ERR_STATE_DELETE", "possible etag mismatch");
        Assert.Equal("1", await _http.GetStringAsync(Key, Cancel));
    }

    [Fact]
    public async Task A_delete_with_the_etag_that_was_read_deletes()
    {
        await SaveAsync("1");
        using var read = await _http.GetAsync(Key, Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Delete, Key);
        request.Headers.TryAddWithoutValidation("If-Match", read.Headers.GetValues("ETag").Single());
        using var delete = await _http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, delete.StatusCode);
        using var again = await _http.GetAsync(Key, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    [Fact]
    public async Task A_first_write_over_another_fails()
    {
        var body = $$"""[{"key":"{{_key}}","value":1,"options":{"concurrency":"first-write","consistency":"strong"} }]""";
        using var first = await _http.PostAsync(Store, Errors.Json(body), Cancel);
        await first.AssertStatusAsync(204);
        using var second = await _http.PostAsync(Store, Errors.Json(body), Cancel);
        await second.AssertErrorAsync(500, "ERR_STATE_SAVE");
    }

    [Fact]
    public async Task Bulk_answers_for_each_key_that_was_asked()
    {
        await SaveAsync("""{"a":1}""");
        using var response = await _http.PostAsync(new Uri($"{Store}/bulk", UriKind.Relative), Errors.Json($$"""{"keys":["{{_key}}","{{_key}}-missing"],"parallelism":2}"""), Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var items = (await response.Content.ReadFromJsonAsync<JsonArray>(Cancel))!;
        Assert.Equal(2, items.Count);
        var found = items.Single(item => (string?)item!["key"] == _key)!;
        Assert.Equal(1, (int)found["data"]!["a"]!);
        Assert.NotEmpty((string)found["etag"]!);
        Assert.Null(items.Single(item => (string?)item!["key"] == $"{_key}-missing")!["data"]);
    }

    [Fact]
    public async Task A_transaction_is_done()
    {
        await SaveAsync("1");
        using var response = await _http.PostAsync(new Uri($"{Store}/transaction", UriKind.Relative), Errors.Json($$"""
            {"operations":[{"operation":"upsert","request":{"key":"{{_key}}-new","value":{"b":2} } },{"operation":"delete","request":{"key":"{{_key}}"} }],"metadata":{"ttlInSeconds":"100"} }
            """), Cancel);
        await response.AssertStatusAsync(204);
        using var created = await _http.GetAsync(new Uri($"{Key}-new", UriKind.Relative), Cancel);
        Assert.Equal("""{"b":2}""", await created.Content.ReadAsStringAsync(Cancel));
        Assert.True(created.Headers.Contains("metadata.ttlExpireTime"), "the metadata of the transaction is that of each operation");
        using var deleted = await _http.GetAsync(Key, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Fact]
    public async Task An_operation_that_there_is_not_is_an_error()
    {
        using var response = await _http.PostAsync(new Uri($"{Store}/transaction", UriKind.Relative), Errors.Json("""{"operations":[{"operation":"guess","request":{"key":"x"}}]}"""), Cancel);
        await response.AssertErrorAsync(500, "ERR_NOT_SUPPORTED_STATE_OPERATION", "operation type guess not supported");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("""{"key":"not in a list"}""")]
    public async Task A_body_that_is_no_list_of_states_is_malformed(string body)
    {
        using var response = await _http.PostAsync(Store, Errors.Json(body), Cancel);
        await response.AssertErrorAsync(400, "ERR_MALFORMED_REQUEST");
    }

    [Fact]
    public async Task Nothing_to_save_is_no_error()
    {
        using var response = await _http.PostAsync(Store, Errors.Json("[]"), Cancel);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Theory]
    [InlineData("/v1.0/state/{0}/{1}/")]
    [InlineData("/v1.0//state/{0}/{1}")]
    [InlineData("/v1.0/secrets/../state/{0}/{1}")]
    public async Task A_path_is_tidied_up_before_it_is_read(string path)
    {
        await SaveAsync("7");
        var answer = await RawHttp.GetAsync(setup.Sidecar.HttpPort, string.Format(CultureInfo.InvariantCulture, path, StateSetup.Store, _key));
        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task Two_pipes_in_a_key_are_refused()
    {
        const string Message = "input key/keyPrefix 'ke||y1' can't contain '||'";
        using var save = await _http.PostAsync(Store, Errors.Json("""[{"key":"ke||y1","value":1}]"""), Cancel);
        await save.AssertErrorAsync(400, "ERR_MALFORMED_REQUEST", Message);
        using var read = await _http.GetAsync(new Uri($"{Store}/ke%7C%7Cy1", UriKind.Relative), Cancel);
        await read.AssertErrorAsync(400, "ERR_MALFORMED_REQUEST", Message);
    }

    private async Task SaveAsync(string json)
    {
        using var response = await _http.PostAsync(Store, Errors.Json($$"""[{"key":"{{_key}}","value":{{json}}}]"""), Cancel);
        await response.AssertStatusAsync(204);
    }
}
