using Grpc.Core;
using Platform.Pipelines.V1;
using Platform.Testing;
using Xunit;

namespace Pipelines.Tests;

public sealed class PipelinesFixture() : ServiceFixture<Program>("pipelines")
{
    public static readonly string[] All = ["pipelines.read", "pipelines.write"];

    public PipelinesService.PipelinesServiceClient PipelinesOf(Guid tenant) => new(GrpcFor(tenant, All));

    public Task<long> EventsAsync(Guid tenant, string id = "") => Database.QueryAsync<long>(
        $"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{tenant}' AND aggregate_id::text LIKE '{id}%' AND type = 'platform.pipelines.v1.PipelineChanged'");

    public async Task<Pipeline> CreateAsync(Guid tenant, string name) => await PipelinesOf(tenant).CreatePipelineAsync(
        new CreatePipelineRequest { Pipeline = new Pipeline { Name = name } }, cancellationToken: TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<Pipeline>> ListAsync(Guid tenant, bool archived = false) =>
        (await PipelinesOf(tenant).ListPipelinesAsync(new ListPipelinesRequest { ShowArchived = archived }, cancellationToken: TestContext.Current.CancellationToken)).Pipelines;
}

/// <summary>Refusals as clients see them.</summary>
internal static class Refusal
{
    /// <summary>The call fails with this code; the answer is what is said of it.</summary>
    public static async Task<RpcException> OfAsync<T>(string code, AsyncUnaryCall<T> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(code, refused.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>().Reason);
        return refused;
    }

    /// <summary>The fields that the refusal names.</summary>
    public static IEnumerable<string> Fields(this RpcException refused) => refused.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>().FieldViolations.Select(violation => violation.Field);
}
