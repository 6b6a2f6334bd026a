using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using Platform.Access.V1;
using Platform.Deals.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Deals.Tests.Access;

public sealed class ExplainFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private readonly CallInvoker _administrator = deals.GrpcFor(TestTenants.Acme, [.. Samples.All, "tenants.admin"]);

    private DealsService.DealsServiceClient Deals => new(_administrator);

    [Fact]
    public async Task The_rule_that_decided_is_named()
    {
        var theirs = await Deals.CreateAsync(Samples.Deal());
        var own = Salesperson.Rows("Own deals", PolicyEffect.Allow, "owner_id = user.id", "read");
        var sam = new Salesperson(deals, own, Salesperson.Rows("Nothing leaves", PolicyEffect.Deny, "", "export"), Salesperson.Fields("No amounts", ("amount", FieldAccess.Hidden)));
        var mine = await sam.Deals.CreateAsync(Samples.Deal());
        Assert.Equal((true, AccessRule.Policy, own.Id, "Own deals"), Short(await ExplainAsync(sam.Id, "read", mine.Id)));
        Assert.Equal((false, AccessRule.DefaultDeny, "", ""), Short(await ExplainAsync(sam.Id, "read", theirs.Id)));
        Assert.Equal((true, AccessRule.RolePermission, "", ""), Short(await ExplainAsync(sam.Id, "update", theirs.Id)));
        Assert.Equal((false, AccessRule.Policy), (await ExplainAsync(sam.Id, "export") is var export ? export.Allowed : default, export.Rule));
        Assert.True((await ExplainAsync(sam.Id, "read")).Conditional);
        await new DealsAccessService.DealsAccessServiceClient(_administrator).ShareRecordAsync(
            new ShareRecordRequest { Resource = "deals.deal", Id = theirs.Id, Share = new Share { UserId = sam.Id.ToString(), Level = ShareLevel.Read } }, cancellationToken: Samples.Token);
        Assert.Equal((true, AccessRule.Share, "", ""), Short(await ExplainAsync(sam.Id, "read", theirs.Id)));
        var field = await ExplainAsync(sam.Id, "read", mine.Id, "amount");
        Assert.Equal(("hidden", "No amounts"), (field.FieldAccess, field.FieldPolicyName));
        Assert.Equal("full", (await ExplainAsync(sam.Id, "read", mine.Id, "name")).FieldAccess);
    }

    [Fact]
    public async Task Oneself_may_ask_and_learns_nothing_of_what_is_not_visible()
    {
        var theirs = await Deals.CreateAsync(Samples.Deal());
        var sam = new Salesperson(deals, Salesperson.Rows("Own deals", PolicyEffect.Allow, "owner_id = user.id", "read"));
        using var rest = sam.Rest();
        var answer = await rest.GetFromJsonAsync<JsonElement>("/api/v1/deals/access:explain?resource=deals.deal&action=create&field=name", Samples.Token);
        Assert.Equal((true, "ACCESS_RULE_ROLE_PERMISSION", "full"), (answer.GetProperty("allowed").GetBoolean(), answer.GetProperty("rule").GetString(), answer.GetProperty("fieldAccess").GetString()));
        await Samples.RefusedAsync(StatusCode.NotFound, "NOT_FOUND", async () => await sam.Access.ExplainAccessAsync(Request("", "read", theirs.Id), cancellationToken: Samples.Token));
        await Samples.RefusedAsync(StatusCode.NotFound, "NOT_FOUND", async () => await sam.Access.ExplainAccessAsync(Request("", "read", Guid.CreateVersion7().ToString()), cancellationToken: Samples.Token));
        await Samples.RefusedAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", async () => await sam.Access.ExplainAccessAsync(Request(Guid.CreateVersion7().ToString(), "read"), cancellationToken: Samples.Token));
    }

    [Theory]
    [InlineData("deals.dealz", "read", "", "resource")]
    [InlineData("contacts.lead", "read", "", "resource")]
    [InlineData("deals.deal", "paint", "", "action")]
    [InlineData("deals.deal", "read", "colour", "field")]
    public async Task What_there_is_not_is_refused(string resource, string action, string field, string named)
    {
        var client = new DealsAccessService.DealsAccessServiceClient(_administrator);
        await Samples.RefusedAsync(StatusCode.InvalidArgument, named, async () =>
            await client.ExplainAccessAsync(new ExplainAccessRequest { Resource = resource, Action = action, Field = field }, cancellationToken: Samples.Token));
    }

    [Fact]
    public async Task Another_tenant_sees_nothing()
    {
        var theirs = await Deals.CreateAsync(Samples.Deal());
        var greg = new DealsAccessService.DealsAccessServiceClient(deals.GrpcFor(TestTenants.Globex, [.. Samples.All, "tenants.admin"]));
        await Samples.RefusedAsync(StatusCode.NotFound, "NOT_FOUND", async () => await greg.ExplainAccessAsync(Request("", "read", theirs.Id), cancellationToken: Samples.Token));
        await Samples.RefusedAsync(StatusCode.NotFound, "NOT_FOUND", async () =>
            await greg.ListSharesAsync(new ListSharesRequest { Resource = "deals.deal", Id = theirs.Id }, cancellationToken: Samples.Token));
    }

    private async Task<ExplainAccessResponse> ExplainAsync(Guid user, string action, string id = "", string field = "") =>
        await new DealsAccessService.DealsAccessServiceClient(_administrator).ExplainAccessAsync(Request(user.ToString(), action, id, field), cancellationToken: Samples.Token);

    private static ExplainAccessRequest Request(string user, string action, string id = "", string field = "") =>
        new() { User = user, Resource = "deals.deal", Action = action, Id = id, Field = field };

    private static (bool, AccessRule, string, string) Short(ExplainAccessResponse answer) => (answer.Allowed, answer.Rule, answer.PolicyId, answer.PolicyName);
}
