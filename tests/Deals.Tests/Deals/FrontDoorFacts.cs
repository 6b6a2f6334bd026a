using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Grpc.Core;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;

namespace Deals.Tests.Deals;

/// <summary>What HTTP and gRPC promise of every call, seen at the calls of deals.</summary>
public sealed class FrontDoorFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(bytes => bytes, bytes => bytes);

    [Fact]
    public async Task A_write_with_If_Match_happens_to_that_version_only()
    {
        using var client = deals.RestFor(TestTenants.Acme, All);
        using var created = await client.PostAsJsonAsync("/api/v1/deals", new { name = "Deal", currency = "EUR" }, Token);
        var id = (await created.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString();
        using var first = await RenameAsync(client, id!, "First", created.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.NotEqual(created.Headers.ETag, first.Headers.ETag);
        using var stale = await RenameAsync(client, id!, "Second", created.Headers.ETag.Tag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        using var read = await client.GetAsync(new Uri($"/api/v1/deals/{id}", UriKind.Relative), Token);
        Assert.Equal(first.Headers.ETag, read.Headers.ETag);
        using var any = await RenameAsync(client, id!, "Third", "*");
        Assert.Equal(HttpStatusCode.OK, any.StatusCode);
        using var closing = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/deals/{id}:lose") { Headers = { { "If-Match", first.Headers.ETag!.Tag } } };
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await client.SendAsync(closing, Token)).StatusCode);
    }

    [Fact]
    public async Task A_verb_needs_no_body()
    {
        var deal = await new DealsService.DealsServiceClient(deals.GrpcFor(TestTenants.Acme, All)).CreateAsync(Deal(Line()));
        using var client = deals.RestFor(TestTenants.Acme, All);
        using var response = await client.PostAsync(new Uri($"/api/v1/deals/{deal.Id}:win", UriKind.Relative), content: null, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"name":5}""", "name")]
    [InlineData("""{"lineItems":[{"unitPrice":{"amount":1}}]}""", "lineItems[0].unitPrice.amount")]
    [InlineData("[]", "body")]
    [InlineData("", "body")]
    public async Task A_value_of_a_wrong_kind_is_named(string json, string field)
    {
        using var client = deals.RestFor(TestTenants.Acme, All);
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/api/v1/deals", UriKind.Relative), content, Token);
        Assert.Equal(field, await FieldAsync(response));
    }

    [Theory]
    [InlineData("pageSize=many", "pageSize")]
    [InlineData("pageSize=1&pageSize=2", "pageSize")]
    [InlineData("status=won", "status")]
    [InlineData("colour=red", "colour")]
    public async Task So_is_a_wrong_parameter(string query, string field)
    {
        using var client = deals.RestFor(TestTenants.Acme, All);
        using var response = await client.GetAsync(new Uri($"/api/v1/deals?{query}", UriKind.Relative), Token);
        Assert.Equal(field, await FieldAsync(response));
    }

    [Theory]
    [InlineData("GetDeal", new byte[] { 0xff, 0xff, 0xff }, StatusCode.InvalidArgument, "MALFORMED_MESSAGE")]
    [InlineData("GetDeal", new byte[] { 0x0a, 0x02, 0xff, 0xfe }, StatusCode.InvalidArgument, "MALFORMED_MESSAGE")]
    [InlineData("PaintDeal", new byte[0], StatusCode.Unimplemented, "UNIMPLEMENTED")]
    public async Task Refusals_of_gRPC_itself_have_a_code_too(string call, byte[] message, StatusCode status, string code)
    {
        var method = new Method<byte[], byte[]>(MethodType.Unary, "platform.deals.v1.DealsService", call, Raw, Raw);
        await RefusedAsync(status, code, () => deals.GrpcFor(TestTenants.Acme, All).AsyncUnaryCall(method, null, new CallOptions(cancellationToken: Token), message).ResponseAsync);
    }

    [Fact]
    public async Task So_has_a_message_that_is_too_large()
    {
        var client = new DealsService.DealsServiceClient(deals.GrpcFor(TestTenants.Acme, All));
        await RefusedAsync(StatusCode.ResourceExhausted, "BODY_TOO_LARGE", async () => await client.GetDealAsync(new GetDealRequest { Id = new string('x', 5 * 1024 * 1024) }, cancellationToken: Token));
    }

    private static async Task<string?> FieldAsync(HttpResponseMessage response)
    {
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_ARGUMENT"), (response.StatusCode, problem.GetProperty("code").GetString()));
        return problem.GetProperty("errors")[0].GetProperty("field").GetString();
    }

    private static async Task<HttpResponseMessage> RenameAsync(HttpClient client, string id, string name, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/deals/{id}") { Content = JsonContent.Create(new { name }) };
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        return await client.SendAsync(request, Token);
    }
}
