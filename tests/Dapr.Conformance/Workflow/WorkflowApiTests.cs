using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Dapr.Conformance.Harness;
using Google.Protobuf;
using Grpc.Core;
using RawClient = Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient;

namespace Dapr.Conformance.Workflow;

/// <summary>The older workflow API, over HTTP and gRPC, and the JavaScript packages (contract §1.3, §1.4, §1.18).</summary>
public sealed class WorkflowApiTests(WorkflowSetup setup) : IClassFixture<WorkflowSetup>
{
    private readonly HttpClient _http = setup.Sidecar.Http();
    private readonly string _id = Guid.NewGuid().ToString("N");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("v1.0")]
    [InlineData("v1.0-beta1")]
    public async Task A_workflow_is_started_woken_and_read_over_http(string version)
    {
        using var started = await _http.PostAsync(Path($"Greet/start?instanceID={_id}", version), Errors.Json("\"hello\""), Cancel);
        await started.AssertStatusAsync(202);
        Assert.Equal(_id, (string?)JsonNode.Parse(await started.Content.ReadAsStringAsync(Cancel))!["instanceID"]);
        await PostAsync($"{_id}/pause", version);
        await StatusIsAsync("SUSPENDED", version);
        await PostAsync($"{_id}/resume", version);
        await StatusIsAsync("RUNNING", version);
        await PostAsync($"{_id}/raiseEvent/Name", version, "\"world\"");
        var ended = await StatusIsAsync("COMPLETED", version);
        Assert.Equal(("Greet", _id), ((string?)ended["workflowName"], (string?)ended["instanceID"]));
        Assert.Equal("\"hello\"", (string?)ended["properties"]!["dapr.workflow.input"]);
        Assert.Equal("\"hello world\"", (string?)ended["properties"]!["dapr.workflow.output"]);
        Assert.NotNull(ended["createdAt"]);
        await PostAsync($"{_id}/terminate", version);
        await PostAsync($"{_id}/purge", version);
        using var gone = await _http.GetAsync(Path(_id, version), Cancel);
        await gone.AssertErrorAsync(404, "ERR_INSTANCE_ID_NOT_FOUND", $"unable to find workflow with the provided instance ID: {_id}");
    }

    [Fact]
    public async Task Without_an_id_one_is_made_up()
    {
        using var started = await _http.PostAsync(Path("Chain/start"), Errors.Json("1"), Cancel);
        await started.AssertStatusAsync(202);
        Assert.NotEmpty((string)JsonNode.Parse(await started.Content.ReadAsStringAsync(Cancel))!["instanceID"]!);
    }

    [Fact]
    public async Task A_workflow_is_terminated_over_http()
    {
        using var started = await _http.PostAsync(Path($"Greet/start?instanceID={_id}"), Errors.Json("\"hello\""), Cancel);
        await PostAsync($"{_id}/terminate");
        await StatusIsAsync("TERMINATED");
    }

    [Theory]
    [InlineData("has blank")]
    [InlineData("has.dot")]
    public async Task An_id_has_only_letters_digits_dashes_and_underscores(string id)
    {
        using var response = await _http.PostAsync(Path($"Chain/start?instanceID={Uri.EscapeDataString(id)}"), Errors.Json("1"), Cancel);
        await response.AssertErrorAsync(400, "ERR_INSTANCE_ID_INVALID");
    }

    [Fact]
    public async Task An_id_is_no_longer_than_64()
    {
        using var response = await _http.PostAsync(Path($"Chain/start?instanceID={new string('a', 65)}"), Errors.Json("1"), Cancel);
        await response.AssertErrorAsync(400, "ERR_INSTANCE_ID_TOO_LONG");
    }

    [Fact]
    public async Task A_workflow_that_there_is_not_cannot_be_purged()
    {
        using var response = await _http.PostAsync(Path("nosuchid/purge"), null, Cancel);
        await response.AssertStatusAsync(404);
    }

    [Fact]
    public async Task The_generated_client_starts_wakes_and_reads()
    {
#pragma warning disable CS0612, CS0618 // What older packages call.
        var dapr = setup.Sidecar.Raw();
        await dapr.StartWorkflowBeta1Async(new StartWorkflowRequest { WorkflowComponent = "dapr", WorkflowName = "Greet", InstanceId = _id, Input = ByteString.CopyFromUtf8("\"hi\"") }, cancellationToken: Cancel);
        await Errors.AssertFailsAsync(
            async () => await dapr.StartWorkflowBeta1Async(new StartWorkflowRequest { WorkflowComponent = "dapr", WorkflowName = "Greet", InstanceId = _id }, cancellationToken: Cancel),
            StatusCode.Internal, $"an active workflow with ID '{_id}' already exists");
        await dapr.RaiseEventWorkflowBeta1Async(new RaiseEventWorkflowRequest { WorkflowComponent = "dapr", InstanceId = _id, EventName = "Name", EventData = ByteString.CopyFromUtf8("\"you\"") }, cancellationToken: Cancel);
        await Eventually.Holds(async () => (await ReadAsync(dapr, _id)).RuntimeStatus == "COMPLETED", "the workflow has ended");
        Assert.Equal("\"hi you\"", (await ReadAsync(dapr, _id)).Properties["dapr.workflow.output"]);
        Assert.Empty((await ReadAsync(dapr, "not-found")).Properties);
        await dapr.PurgeWorkflowBeta1Async(new PurgeWorkflowRequest { WorkflowComponent = "dapr", InstanceId = _id }, cancellationToken: Cancel);
#pragma warning restore CS0612, CS0618
    }

    [Fact]
    public async Task Without_a_store_for_actors_there_are_no_workflows()
    {
        await using var bare = await new Sidecar("bare").StartAsync();
        using var response = await bare.Http().PostAsync(Path("Chain/start"), Errors.Json("1"), Cancel);
        Assert.Equal(500, (int)response.StatusCode);
        Assert.Contains("the state store is not configured to use the actor runtime", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("workflow.js")]
    [InlineData("durabletask.js")]
    public async Task The_javascript_packages_run_workflows(string script)
    {
        await using var database = await Database.CreateAsync();
        await using var sidecar = new Sidecar("node-office");
        WorkflowSetup.AddStore(sidecar, database);
        await sidecar.StartAsync();
        await NodeClient.RunAsync(script, sidecar);
    }

#pragma warning disable CS0612, CS0618
    private static async Task<GetWorkflowResponse> ReadAsync(RawClient dapr, string id) =>
        await dapr.GetWorkflowBeta1Async(new GetWorkflowRequest { WorkflowComponent = "dapr", InstanceId = id }, cancellationToken: Cancel);
#pragma warning restore CS0612, CS0618

    private async Task PostAsync(string path, string version = "v1.0", string? body = null)
    {
        using var response = await _http.PostAsync(Path(path, version), body is null ? null : Errors.Json(body), Cancel);
        await response.AssertStatusAsync(202);
    }

    private async Task<JsonNode> StatusIsAsync(string status, string version = "v1.0")
    {
        JsonNode? state = null;
        await Eventually.Holds(async () =>
        {
            state = JsonNode.Parse(await _http.GetStringAsync(Path(_id, version), Cancel));
            return (string?)state!["runtimeStatus"] == status;
        }, $"the workflow is {status}");
        return state!;
    }

    private static Uri Path(string rest, string version = "v1.0") => new($"/{version}/workflows/dapr/{rest}", UriKind.Relative);
}
