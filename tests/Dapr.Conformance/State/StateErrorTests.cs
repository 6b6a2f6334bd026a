using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Dapr.Conformance.Harness;
using Grpc.Core;

namespace Dapr.Conformance.State;

/// <summary>Stores that there are not (contract §1.4).</summary>
public sealed class StateErrorTests(PostgresSetup setup) : IClassFixture<PostgresSetup>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/v1.0/state/nostore/k", null)]
    [InlineData("POST", "/v1.0/state/nostore", "[]")]
    [InlineData("DELETE", "/v1.0/state/nostore/k", null)]
    [InlineData("POST", "/v1.0/state/nostore/bulk", """{"keys":["k"]}""")]
    [InlineData("POST", "/v1.0/state/nostore/transaction", """{"operations":[]}""")]
    public async Task An_unknown_store_is_told_with_details(string verb, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), path) { Content = body is null ? null : Errors.Json(body) };
        using var response = await setup.Http.SendAsync(request, Cancel);
        var error = await response.AssertErrorAsync(400, "ERR_STATE_STORE_NOT_FOUND", "state store nostore is not found");
        var info = ((JsonArray)error["details"]!).Single(detail => (string?)detail!["@type"] == "type.googleapis.com/google.rpc.ErrorInfo")!;
        Assert.Equal(("dapr.io", "DAPR_STATE_NOT_FOUND"), ((string?)info["domain"], (string?)info["reason"]));
    }

    [Fact]
    public async Task An_unknown_store_is_told_over_grpc_with_its_reason()
    {
        var failure = await Errors.AssertFailsAsync(
            async () => await setup.Sidecar.Raw().GetStateAsync(new GetStateRequest { StoreName = "nostore", Key = "k" }, cancellationToken: Cancel),
            StatusCode.InvalidArgument, "state store nostore is not found");
        failure.AssertReason("DAPR_STATE_NOT_FOUND");
    }

    [Fact]
    public async Task Two_pipes_in_a_key_are_refused_over_grpc()
    {
        var failure = await Errors.AssertFailsAsync(
            async () => await setup.Sidecar.Raw().GetStateAsync(new GetStateRequest { StoreName = StateSetup.Store, Key = "a||b" }, cancellationToken: Cancel),
            StatusCode.InvalidArgument, "input key/keyPrefix 'a||b' can't contain '||'");
        failure.AssertReason("DAPR_STATE_ILLEGAL_KEY");
    }

    [Fact]
    public async Task Without_any_store_none_is_configured()
    {
        await using var bare = new Sidecar("bare");
        await bare.StartAsync();
        using var response = await bare.Http().GetAsync(new Uri("/v1.0/state/any/k", UriKind.Relative), Cancel);
        await response.AssertErrorAsync(500, "ERR_STATE_STORE_NOT_CONFIGURED", "state store any is not configured");
        var failure = await Errors.AssertFailsAsync(
            async () => await bare.Raw().GetStateAsync(new GetStateRequest { StoreName = "any", Key = "k" }, cancellationToken: Cancel), StatusCode.FailedPrecondition);
        failure.AssertReason("DAPR_STATE_NOT_CONFIGURED");
    }
}
