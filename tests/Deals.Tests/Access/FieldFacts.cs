using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Audit.V1;
using Platform.Deals.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Deals.Tests.Access;

public sealed class FieldFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private DealsService.DealsServiceClient Colleague => new(deals.GrpcFor(TestTenants.Acme, Samples.All));

    private Salesperson Restricted() => new(deals, Salesperson.Fields(
        "Little to see",
        ("amount", FieldAccess.Hidden), ("expected_revenue", FieldAccess.Hidden), ("line_items.unit_price", FieldAccess.Hidden), ("line_items.net", FieldAccess.Hidden), ("custom_fields.secret", FieldAccess.Hidden),
        ("company_id", FieldAccess.Masked), ("close_date", FieldAccess.ReadOnly), ("amount_estimate", FieldAccess.Hidden)));

    [Fact]
    public async Task Hidden_fields_are_in_no_answer_and_masked_ones_show_their_end_only()
    {
        var sam = Restricted();
        var secret = Samples.Deal(Samples.Line());
        secret.CustomFields = new Struct { Fields = { ["secret"] = Google.Protobuf.WellKnownTypes.Value.ForString("hush"), ["colour"] = Google.Protobuf.WellKnownTypes.Value.ForString("red") } };
        var deal = await Colleague.CreateAsync(secret);
        Assert.NotNull(deal.Amount);
        var answers = new List<Deal> { await sam.Deals.GetAsync(deal.Id) };
        answers.Add((await sam.Deals.ListDealsAsync(new ListDealsRequest { PageSize = 200 }, cancellationToken: Samples.Token)).Deals.Single(listed => listed.Id == deal.Id));
        answers.Add(await sam.Deals.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = deal.Id, Name = "Renamed" } }, cancellationToken: Samples.Token));
        answers.Add(await sam.Deals.FlagDealAsync(new FlagDealRequest { Id = deal.Id, Code = "SEEN" }, cancellationToken: Samples.Token));
        Assert.All(answers, answer =>
        {
            Assert.Null(answer.Amount);
            Assert.Null(answer.ExpectedRevenue);
            Assert.Null(Assert.Single(answer.LineItems).UnitPrice);
            Assert.Equal(["colour"], answer.CustomFields.Fields.Keys);
            Assert.Equal("••••••" + deal.CompanyId[^2..], answer.CompanyId);
        });
        using var rest = sam.Rest();
        var json = await rest.GetStringAsync(new Uri($"/api/v1/deals/{deal.Id}", UriKind.Relative), Samples.Token);
        Assert.DoesNotContain($"\"{deal.Amount.Amount}\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain($"\"{deal.LineItems[0].UnitPrice.Amount}\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", json, StringComparison.Ordinal);
        Assert.DoesNotContain(deal.CompanyId, json, StringComparison.Ordinal);
        var stored = await Colleague.GetAsync(deal.Id);
        Assert.Equal((deal.Amount, deal.CompanyId, "hush", "Renamed"), (stored.Amount, stored.CompanyId, stored.CustomFields.Fields["secret"].StringValue, stored.Name));
    }

    [Theory]
    [InlineData("closeDate", "deal.closeDate")]
    [InlineData("companyId", "deal.companyId")]
    [InlineData("amountEstimate", "deal.amountEstimate")]
    public async Task A_restricted_field_cannot_be_written_with_a_mask_or_without(string field, string named)
    {
        var deal = await Colleague.CreateAsync(Samples.Deal());
        var sam = Restricted();
        using var rest = sam.Rest();
        object value = field == "amountEstimate" ? new { currency = "EUR", amount = "5" } : field == "companyId" ? ContactsStandIn.Company : "2030-01-01";
        foreach (var query in new[] { "", $"?updateMask={field}", "?updateMask=*", $"?updateMask=name,{field}" })
        {
            using var refused = await rest.PatchAsJsonAsync(new Uri($"/api/v1/deals/{deal.Id}{query}", UriKind.Relative), new Dictionary<string, object> { ["name"] = "New", ["currency"] = "EUR", [field] = value }, Samples.Token);
            var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Samples.Token);
            Assert.Equal((HttpStatusCode.Forbidden, "FIELD_NOT_WRITABLE"), (refused.StatusCode, problem.GetProperty("code").GetString()));
            Assert.Contains(problem.GetProperty("errors").EnumerateArray(), error => error.GetProperty("field").GetString() == named);
        }

        await Samples.RefusedAsync(StatusCode.PermissionDenied, "deal.closeDate", () => sam.Deals.CreateAsync(new Deal { Name = "New", Currency = "EUR", CloseDate = "2030-01-01" }));
        Assert.Equal(deal.Etag, (await Colleague.GetAsync(deal.Id)).Etag);
    }

    [Fact]
    public async Task An_update_that_leaves_restricted_fields_out_keeps_them()
    {
        var deal = await Colleague.CreateAsync(new Deal { Name = "Kept", Currency = "EUR", CompanyId = ContactsStandIn.Company, CloseDate = "2030-05-05", AmountEstimate = Samples.Money("77") });
        await Restricted().Deals.UpdateDealAsync(
            new UpdateDealRequest { Deal = new Deal { Id = deal.Id, Name = "Changed", Probability = 10 }, UpdateMask = new FieldMask { Paths = { "name", "probability" } } }, cancellationToken: Samples.Token);
        var stored = await Colleague.GetAsync(deal.Id);
        Assert.Equal(("Changed", 10, deal.CompanyId, deal.CloseDate, deal.AmountEstimate), (stored.Name, stored.Probability, stored.CompanyId, stored.CloseDate, stored.AmountEstimate));
    }

    [Fact]
    public async Task What_cannot_be_seen_cannot_be_found_out_by_filtering()
    {
        var sam = Restricted();
        await Samples.RefusedAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", async () =>
            await sam.Deals.ListDealsAsync(new ListDealsRequest { CompanyId = ContactsStandIn.Company }, cancellationToken: Samples.Token));
        ListDealsRequest[] asking =
        [
            new() { Filter = $"company_id = {ContactsStandIn.Company}" },
            new() { Filter = "flag_reason:* OR NOT (name = a AND company_id:*)" },
            new() { OrderBy = "name, amount_estimate desc" },
        ];
        foreach (var request in asking)
            await Samples.RefusedAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", async () => await sam.Deals.ListDealsAsync(request, cancellationToken: Samples.Token));
        Assert.NotNull(await sam.Deals.ListDealsAsync(new ListDealsRequest { Filter = "flag_reason:* OR name : a", OrderBy = "name" }, cancellationToken: Samples.Token));
        Assert.NotNull(await sam.Deals.ListDealsAsync(new ListDealsRequest { Status = DealStatus.Open }, cancellationToken: Samples.Token));
    }

    [Fact]
    public async Task A_verb_does_not_write_what_its_caller_may_not()
    {
        var deal = await Colleague.CreateAsync(Samples.Deal(Samples.Line()));
        var sam = new Salesperson(deals, Salesperson.Fields("Closing is for others", ("status", FieldAccess.ReadOnly)));
        await Samples.RefusedAsync(StatusCode.PermissionDenied, "FIELD_NOT_WRITABLE", async () => await sam.Deals.WinDealAsync(new WinDealRequest { Id = deal.Id }, cancellationToken: Samples.Token));
        Assert.Equal(DealStatus.Open, (await Colleague.GetAsync(deal.Id)).Status);
    }

    [Fact]
    public async Task The_audit_log_hides_the_same_fields()
    {
        var deal = await Colleague.CreateAsync(new Deal { Name = "Logged", Currency = "EUR", CompanyId = ContactsStandIn.Company, AmountEstimate = Samples.Money("77") });
        var entries = (await Restricted().Log.ReadLogAsync(new ReadLogRequest { Limit = 10, Filter = new EntryFilter { ResourceId = deal.Id } }, cancellationToken: Samples.Token)).Entries;
        var after = Assert.Single(entries).After.Fields;
        Assert.Equal(("Logged", "••••••" + deal.CompanyId[^2..]), (after["name"].StringValue, after["companyId"].StringValue));
        Assert.DoesNotContain("amountEstimate", after.Keys);
        Assert.DoesNotContain("amount", after.Keys);
    }

    [Fact]
    public async Task The_more_specific_policy_lifts_what_the_general_one_hides()
    {
        var deal = await Colleague.CreateAsync(Samples.Deal(Samples.Line()));
        var full = Salesperson.Fields("But not from Sam", ("amount", FieldAccess.Full));
        full.Specificity = PolicySpecificity.User;
        var sam = new Salesperson(deals, Salesperson.Fields("No amounts", ("amount", FieldAccess.Hidden)), full);
        Assert.Equal(deal.Amount, (await sam.Deals.GetAsync(deal.Id)).Amount);
    }
}
