using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Isolation.Tests.Attacks;
using Isolation.Tests.Contracts;
using Xunit;

namespace Isolation.Tests;

/// <summary>Mass assignment: what a resource says of itself is never taken from a request, because handlers copy named fields only.</summary>
[Collection(Product.Name)]
public sealed class AssignmentFacts(Product.Attacked product)
{
    private static readonly Timestamp LongAgo = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddDays(1));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_request_sets_id_version_or_times_of_a_resource()
    {
        var accepted = 0;
        foreach (var rpc in Rpc.All.Where(rpc => rpc.Creates || rpc.Verb == "Update"))
        {
            var foreign = product.Siege.B.LastId(rpc.Resource) ?? $"{product.Siege.B.TenantId}";
            var request = product.Siege.A.Requests[rpc.FullName].Fill(rpc.Method.InputType);
            foreach (var message in Resources(request))
                Claim(message, rpc, foreign);
            var answer = await product.Doors.MakeAsync(new Call(rpc, request, Door.GatewayGrpc, product.Siege.A.Token), Token);
            if (!answer.IsOk)
                continue;
            accepted++;
            var resource = answer.Messages.Single();
            Assert.NotEqual(foreign, Text(resource, "id"));
            Assert.NotEqual("1", Text(resource, "etag"));
            foreach (var name in (string[])["create_time", "update_time"])
                Assert.NotEqual(LongAgo, resource.Descriptor.FindFieldByName(name)?.Accessor.GetValue(resource));
        }

        Assert.True(accepted >= 8, $"Only {accepted} requests got through.");
    }

    // A create names an id of B's, an update keeps its own: there B's is the siege's business.
    private static void Claim(IMessage message, Rpc rpc, string foreign)
    {
        if (rpc.Creates && message.Descriptor.FindFieldByName("id") is { } id)
            id.Accessor.SetValue(message, foreign);
        if (rpc.Creates && message.Descriptor.FindFieldByName("etag") is { } etag)
            etag.Accessor.SetValue(message, "1");
        foreach (var name in (string[])["create_time", "update_time"])
            message.Descriptor.FindFieldByName(name)?.Accessor.SetValue(message, LongAgo);
    }

    private static IEnumerable<IMessage> Resources(IMessage request) => request.Descriptor.Fields.InDeclarationOrder()
        .Where(field => field is { FieldType: Google.Protobuf.Reflection.FieldType.Message, IsRepeated: false } && field.MessageType.FullName.StartsWith("platform.", StringComparison.Ordinal))
        .Select(field => field.Accessor.GetValue(request)).OfType<IMessage>();

    private static string? Text(IMessage message, string field) => message.Descriptor.FindFieldByName(field)?.Accessor.GetValue(message) as string;
}
