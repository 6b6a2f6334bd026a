using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Isolation.Tests.Attacks;
using Isolation.Tests.Contracts;
using Xunit;

namespace Isolation.Tests;

/// <summary>Bodies that are meant to break their reader, past the gateway too. The size of a REST body is Kestrel's: Gateway.Tests asks that.</summary>
[Collection(Product.Name)]
public sealed class BodyFacts(Product.Attacked product)
{
    private const int Large = 5 * 1024 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // JSON: StrictJsonMiddleware reads at most 64 levels.
    [Theory]
    [InlineData("", 100)]
    [InlineData("", 100_000)]
    [InlineData("contacts", 100)]
    [InlineData("contacts", 100_000)]
    public async Task Deeply_nested_json_is_refused(string appId, int depth)
    {
        var answer = await PostAsync(appId, $"{{\"name\":\"x\",\"customFields\":{string.Concat(Enumerable.Repeat("{\"a\":", depth))}1{new string('}', depth)}}}");
        Assert.Equal("MALFORMED_JSON", answer.Code);
    }

    // Protobuf: the parser goes 100 levels deep; MaxReceiveMessageSize is 4 MiB.
    [Theory]
    [InlineData(Door.ServiceGrpc, 200)]
    [InlineData(Door.ServiceGrpc, 2_000)]
    [InlineData(Door.GatewayGrpc, 200)]
    [InlineData(Door.GatewayGrpc, 2_000)]
    internal async Task Deeply_nested_protobuf_is_refused(Door door, int depth)
    {
        var answer = await product.Doors.MakeBytesAsync(Create, door, product.Siege.A.Token, Nested(depth), Token);
        Assert.Equal("MALFORMED_MESSAGE", answer.Code);
        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Door.ServiceGrpc)]
    [InlineData(Door.GatewayGrpc)]
    internal async Task A_message_that_is_too_large_is_refused(Door door)
    {
        var request = new Platform.Contacts.V1.CreateCompanyRequest { Company = new() { Name = new string('x', Large) } };
        var answer = await product.Doors.MakeAsync(new Call(Create, request, door, product.Siege.A.Token), Token);
        Assert.Equal("BODY_TOO_LARGE", answer.Code);
    }

    private static Rpc Create => Rpc.All.Single(rpc => rpc.Method.Name == "CreateCompany");

    // Field 1 of the request is the company, its field 9 a Struct; the levels are written from the inside out.
    private static byte[] Nested(int depth)
    {
        var value = Value.ForBool(true).ToByteArray();
        for (var i = 0; i < depth; i++)
            value = Wrap(5, Wrap(1, [.. Wrap(1, "a"u8.ToArray()), .. Wrap(2, value)]));
        return Wrap(1, [.. Wrap(3, "x"u8.ToArray()), .. Wrap(9, Wrap(1, [.. Wrap(1, "a"u8.ToArray()), .. Wrap(2, value)]))]);
    }

    private static byte[] Wrap(int field, byte[] content)
    {
        using var buffer = new MemoryStream(content.Length + 10);
        using var output = new CodedOutputStream(buffer);
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(content));
        output.Flush();
        return buffer.ToArray();
    }

    private async Task<Answer> PostAsync(string appId, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/contacts/companies", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", product.Siege.A.Token);
        return await Doors.SendAsync(product.Doors.Rest(appId), request, Token);
    }
}
