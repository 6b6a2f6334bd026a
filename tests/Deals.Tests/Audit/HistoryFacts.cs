using System.Net.Http.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Audit.V1;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;

namespace Deals.Tests.Audit;

public sealed class HistoryFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private const string Resource = "deals.deal";
    private static readonly Guid Sam = Guid.CreateVersion7();

    private CallInvoker Administrator => deals.GrpcFor(TestTenants.Acme, AuditHistory.Permission);

    private DealsService.DealsServiceClient AsSam => new(deals.Grpc(TestTokens.ForPerson(TestTenants.Acme, Sam, Samples.All)));

    [Fact]
    public async Task A_won_deal_tells_who_did_what_and_what_it_was_before()
    {
        var deal = await AsSam.CreateAsync(Samples.Deal(Samples.Line()));
        await AsSam.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = deal.Id, Name = "Renamed" }, UpdateMask = FieldMask.FromString("name") }, cancellationToken: Samples.Token);
        await AsSam.WinDealAsync(new WinDealRequest { Id = deal.Id }, cancellationToken: Samples.Token);
        var history = await Administrator.HistoryAsync(Resource, deal.Id, atLeast: 3);
        Assert.Equal(["create", "update", "win"], history.Select(entry => entry.Action));
        Assert.All(history, entry => Assert.Equal((ActorKind.Person, Sam.ToString(), "", "deals"), (entry.ActorKind, entry.Actor, entry.OnBehalfOf, entry.Service)));
        Assert.All(history, entry => Assert.True(entry.TraceId.Length > 0 && entry.Hash.Length == 64));
        Assert.Equal("platform.deals.v1.DealsService/WinDeal", history[2].Operation);
        Assert.Null(history[0].Before);
        Assert.Equal(deal.Name, history[0].After.Fields["name"].StringValue);
        Assert.Equal(("name", deal.Name, "Renamed"), (Assert.Single(history[1].After.Fields).Key, history[1].Before.Fields["name"].StringValue, history[1].After.Fields["name"].StringValue));
        Assert.Equal(["changes", "closeTime", "forecastCategory", "probability", "stageChangeTime", "stageId", "status"], history[2].After.Fields.Keys.Order());
        Assert.Equal(("DEAL_STATUS_OPEN", "DEAL_STATUS_WON"), (history[2].Before.Fields["status"].StringValue, history[2].After.Fields["status"].StringValue));
    }

    [Fact]
    public async Task Another_tenant_sees_nothing_and_nobody_sees_anything_without_the_permission()
    {
        var deal = await AsSam.CreateAsync(Samples.Deal());
        Assert.Single(await Administrator.HistoryAsync(Resource, deal.Id));
        var request = new ReadLogRequest { Filter = new EntryFilter { ResourceId = deal.Id }, Limit = 10 };
        var globex = new AuditLogService.AuditLogServiceClient(deals.GrpcFor(TestTenants.Globex, AuditHistory.Permission));
        Assert.Empty((await globex.ReadLogAsync(request, cancellationToken: Samples.Token)).Entries);
        var sam = new AuditLogService.AuditLogServiceClient(deals.GrpcFor(TestTenants.Acme, Samples.All));
        await Samples.RefusedAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", () => sam.ReadLogAsync(request, cancellationToken: Samples.Token).ResponseAsync);
    }

    [Fact]
    public async Task The_log_speaks_the_filter_language()
    {
        var deal = await AsSam.CreateAsync(Samples.Deal(Samples.Line()));
        await AsSam.LoseDealAsync(new LoseDealRequest { Id = deal.Id, Reason = "Too dear" }, cancellationToken: Samples.Token);
        var log = new AuditLogService.AuditLogServiceClient(Administrator);
        var lost = await log.ReadLogAsync(Where($"resource_id = \"{deal.Id}\" AND action = \"lose\""), cancellationToken: Samples.Token);
        Assert.Equal("Too dear", Assert.Single(lost.Entries).After.Fields["lostReason"].StringValue);
        await Samples.RefusedAsync(StatusCode.InvalidArgument, "INVALID_FILTER", () => log.ReadLogAsync(Where("after = 1"), cancellationToken: Samples.Token).ResponseAsync);

        static ReadLogRequest Where(string filter) => new() { Filter = new EntryFilter { Filter = filter }, Limit = 10 };
    }

    [Fact]
    public async Task What_was_refused_left_no_trace()
    {
        var deal = await AsSam.CreateAsync(Samples.Deal());
        await Samples.RefusedAsync(StatusCode.FailedPrecondition, "DEAL_WITHOUT_LINE_ITEMS", () => AsSam.WinDealAsync(new WinDealRequest { Id = deal.Id }, cancellationToken: Samples.Token).ResponseAsync);
        await Samples.RefusedAsync(StatusCode.Aborted, "STALE_ETAG", () => AsSam.DeleteDealAsync(new DeleteDealRequest { Id = deal.Id, Etag = "1" }, cancellationToken: Samples.Token).ResponseAsync);
        await AsSam.DeleteDealAsync(new DeleteDealRequest { Id = deal.Id }, cancellationToken: Samples.Token);
        Assert.Equal(["create", "delete"], (await Administrator.HistoryAsync(Resource, deal.Id, atLeast: 2)).Select(entry => entry.Action));
    }

    [Fact]
    public async Task A_service_account_says_for_whom_it_acts_and_a_person_cannot()
    {
        var deal = await AsSam.CreateAsync(Samples.Deal());
        var saga = new DealsService.DealsServiceClient(deals.Grpc(
            TestTokens.ForService(Samples.All), ("x-tenant-id", TestTenants.Acme.ToString()), ("x-on-behalf-of", Sam.ToString())));
        await saga.FlagDealAsync(new FlagDealRequest { Id = deal.Id, Code = "CALL", Reason = "Call them" }, cancellationToken: Samples.Token);
        var liar = new DealsService.DealsServiceClient(deals.Grpc(TestTokens.ForPerson(TestTenants.Acme, Guid.CreateVersion7(), Samples.All), ("x-on-behalf-of", Sam.ToString())));
        await liar.UnflagDealAsync(new UnflagDealRequest { Id = deal.Id }, cancellationToken: Samples.Token);
        var history = await Administrator.HistoryAsync(Resource, deal.Id, atLeast: 3);
        Assert.Equal(["create", "flag", "unflag"], history.Select(entry => entry.Action));
        Assert.Equal((ActorKind.Service, Sam.ToString()), (history[1].ActorKind, history[1].OnBehalfOf));
        Assert.Equal((ActorKind.Person, ""), (history[2].ActorKind, history[2].OnBehalfOf));
    }

    [Fact]
    public async Task A_call_over_REST_tells_the_address_of_the_client()
    {
        using var rest = deals.RestFor(TestTenants.Acme, Samples.All);
        rest.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        using var response = await rest.PostAsJsonAsync("/api/v1/deals", new { name = "Over REST", currency = "EUR" }, Samples.Token);
        var id = (await response.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Samples.Token)).GetProperty("id").GetString()!;
        var entry = Assert.Single(await Administrator.HistoryAsync(Resource, id));
        Assert.Equal(("203.0.113.9", "platform.deals.v1.DealsService/CreateDeal"), (entry.ClientAddress, entry.Operation));
    }
}
