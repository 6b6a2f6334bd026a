using Grpc.Core;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;

namespace Metadata.Tests;

public sealed class MetadataFixture() : ServiceFixture<Program>("metadata")
{
    public static readonly string[] All = ["metadata.read", "metadata.write"];

    protected override IEnumerable<(string Name, string Value)> Settings => [("Fields:Poll", "00:00:00.2")];

    public FieldsService.FieldsServiceClient FieldsOf(Guid tenant) => new(GrpcFor(tenant, All));

    public ResourcesService.ResourcesServiceClient ResourcesOf(Guid tenant) => new(GrpcFor(tenant, All));

    public DictionariesService.DictionariesServiceClient DictionariesOf(Guid tenant) => new(GrpcFor(tenant, All));

    /// <summary>gRPC as one person, who has these roles and belongs to these teams.</summary>
    public CallInvoker As(Guid tenant, Guid user, string[] permissions, string[]? roles = null, Guid[]? teams = null, params AccessRule[] rules)
    {
        Access.Set(tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{user}",
            Permissions = { permissions },
            Roles = { roles ?? [] },
            TeamIds = { (teams ?? []).Select(team => $"{team}") },
            Policies = { rules.Select(rule => rule.ToPolicy()) },
        });
        return Grpc(TestTokens.ForPerson(tenant, user));
    }

    public Task<long> EventsAsync(Guid tenant, string type = "FieldsChanged") =>
        Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{tenant}' AND type = 'platform.metadata.v1.{type}'");
}

/// <summary>What a policy leaves of one field.</summary>
public sealed record AccessRule(string Resource, string Path, Platform.Tenants.V1.FieldAccess Access)
{
    public Platform.Tenants.V1.AccessPolicy ToPolicy() => new()
    {
        Id = $"{Guid.CreateVersion7()}",
        Name = $"{Resource} {Path}",
        Resource = Resource,
        FieldRules = { new Platform.Tenants.V1.FieldRule { Path = Path, Access = Access } },
    };
}

/// <summary>Refusals as clients see them.</summary>
public static class Refusal
{
    /// <summary>The call fails with this code; the answer is what is said of it.</summary>
    public static async Task<RpcException> OfAsync(string code, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(code, refused.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>().Reason);
        return refused;
    }

    /// <summary>The fields that the refusal names.</summary>
    public static IEnumerable<string> Fields(this RpcException refused) => refused.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>().FieldViolations.Select(violation => violation.Field);
}
