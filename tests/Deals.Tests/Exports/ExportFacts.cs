using System.Net;
using Grpc.Core;
using Platform.Audit.V1;
using Platform.Deals.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Deals.Tests.Access;
using Xunit;

namespace Deals.Tests.Exports;

/// <summary>What leaves the platform as a file is what its reader sees in the list, and no more.</summary>
public sealed class ExportFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    [Fact]
    public async Task An_export_follows_the_row_and_field_rules_and_is_in_the_log()
    {
        var mark = $"Mark {Guid.NewGuid():N}";
        var sam = new Salesperson(
            deals,
            Salesperson.Rows("Own deals", PolicyEffect.Allow, "owner_id = user.id", "read"),
            Salesperson.Rows("No small ones", PolicyEffect.Deny, "amount < 50", "export"),
            Salesperson.Fields("Nothing personal", ("company_id", FieldAccess.Hidden), ("name", FieldAccess.Masked)));
        var administrator = new DealsService.DealsServiceClient(deals.GrpcFor(TestTenants.Acme, Samples.All));
        var own = await administrator.CreateAsync(Named($"{mark} own", "100", sam.Id));
        await administrator.CreateAsync(Named($"{mark} small", "1", sam.Id));
        await administrator.CreateAsync(Named($"{mark} theirs", "100"));

        using var rest = sam.Rest();
        using var response = await rest.GetAsync(new Uri("/api/v1/deals:export", UriKind.Relative), Samples.Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(("text/csv", "attachment; filename=\"deals.deal.csv\""), (response.Content.Headers.ContentType?.MediaType, $"{response.Content.Headers.ContentDisposition}"));
        var lines = (await response.Content.ReadAsStringAsync(Samples.Token)).Split("\r\n");
        var names = lines[0].Split(',');
        Assert.DoesNotContain("company_id", names);
        Assert.DoesNotContain("etag", names);
        var row = Assert.Single(lines[1..^1]).Split(',');
        Assert.Equal((own.Id, "••••••wn", "200.00", "EUR"), (Of("id"), Of("name"), Of("amount.amount"), Of("amount.currency")));

        var log = await sam.Log.ReadLogAsync(new ReadLogRequest { Filter = new EntryFilter { Resource = "deals.deal", Action = "export", Actor = $"{sam.Id}" }, Limit = 10 }, cancellationToken: Samples.Token);
        Assert.Single(log.Entries);

        string Of(string name) => row[Array.IndexOf(names, name)];
    }

    [Theory]
    [InlineData("filter", "amount > 5")]
    [InlineData("order_by", "amount desc")]
    [InlineData("filter", "amount.currency = \"EUR\"")]
    public async Task A_hidden_field_narrows_no_export(string parameter, string value)
    {
        var sam = new Salesperson(deals, Salesperson.Fields("No amounts", ("amount", FieldAccess.Hidden)));
        using var rest = sam.Rest();
        using var response = await rest.GetAsync(new Uri($"/api/v1/deals:export?{parameter}={Uri.EscapeDataString(value)}", UriKind.Relative), Samples.Token);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("FIELD_NOT_READABLE", await response.Content.ReadAsStringAsync(Samples.Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amount > \"5 EUR\"", false)]
    [InlineData("amount.currency = \"EUR\"", false)]
    [InlineData("amount.amount > 5", true)]
    [InlineData("amount > 5", false)]
    public async Task A_hidden_currency_is_not_found_out_by_comparing_amounts(string filter, bool isAllowed)
    {
        var sam = new Salesperson(deals, Salesperson.Fields("No currencies", ("currency", FieldAccess.Hidden)));
        var list = sam.Deals.ListDealsAsync(new ListDealsRequest { Filter = filter }, cancellationToken: Samples.Token);
        if (isAllowed)
            await list;
        else
            await Samples.RefusedAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", async () => await list);
    }

    [Fact]
    public async Task A_spreadsheet_finds_no_formula_and_a_program_finds_the_text_again()
    {
        var mark = $"{Guid.NewGuid():N}";
        var client = new DealsService.DealsServiceClient(deals.GrpcFor(TestTenants.Acme, Samples.All));
        foreach (var name in new[] { $"=cmd|' /C calc'!{mark}", $"@SUM({mark})", $"+{mark}", $"plain \"{mark}\", quoted" })
            await client.CreateAsync(Named(name, "1"));
        var text = await TextAsync(client, new ExportDealsRequest { Filter = $"name : \"{mark}\"" });
        Assert.Contains($",\"'=cmd|' /C calc'!{mark}\",", text, StringComparison.Ordinal);
        Assert.Contains($",\"'@SUM({mark})\",", text, StringComparison.Ordinal);
        Assert.Contains($",\"'+{mark}\",", text, StringComparison.Ordinal);
        Assert.Contains($",\"plain \"\"{mark}\"\", quoted\",", text, StringComparison.Ordinal);
        Assert.Equal(6, text.Split("\r\n").Length);
    }

    [Fact]
    public async Task More_than_a_page_comes_whole_and_one_that_is_broken_off_ends()
    {
        var tenant = Guid.CreateVersion7();
        await deals.Database.ExecuteAsync($"""
            INSERT INTO deals (tenant_id, id, name, currency, status, line_items, custom_fields, amount, probability, create_time, update_time, lost_reason, flag_code, flag_reason)
            SELECT '{tenant}', gen_random_uuid(), 'Deal ' || number, 'EUR', 'Open', '[]', '{"{}"}', 0, 0, now(), now(), '', '', '' FROM generate_series(1, 450) AS number
            """);
        var client = new DealsService.DealsServiceClient(deals.GrpcFor(tenant, Samples.All));
        var text = await TextAsync(client, new ExportDealsRequest());
        Assert.Equal(450, text.Split("\r\n").Skip(1).Count(line => line.Contains(",Deal ", StringComparison.Ordinal)));
        using var leaving = new CancellationTokenSource();
        using var call = client.ExportDeals(new ExportDealsRequest(), cancellationToken: leaving.Token);
        await call.ResponseStream.MoveNext(Samples.Token);
        await leaving.CancelAsync();
        var ended = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(Samples.Token))
            {
            }

            throw new RpcException(new Status(StatusCode.Cancelled, "It had ended before."));
        });
        Assert.Equal(StatusCode.Cancelled, ended.StatusCode);
    }

    [Fact]
    public async Task Reading_is_not_enough_and_another_company_gets_nothing()
    {
        var reader = new DealsService.DealsServiceClient(deals.GrpcFor(TestTenants.Acme, "deals.read"));
        await Samples.RefusedAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", () => TextAsync(reader, new ExportDealsRequest()));
        await Samples.RefusedAsync(StatusCode.InvalidArgument, "timeZone", () => TextAsync(new(deals.GrpcFor(TestTenants.Acme, Samples.All)), new ExportDealsRequest { TimeZone = "Moon" }));
        await Samples.RefusedAsync(StatusCode.InvalidArgument, "INVALID_FILTER", () => TextAsync(new(deals.GrpcFor(TestTenants.Acme, Samples.All)), new ExportDealsRequest { Filter = "nothing = 1" }));
        Assert.Single((await TextAsync(new(deals.GrpcFor(Guid.CreateVersion7(), Samples.All)), new ExportDealsRequest())).Trim().Split("\r\n"));
    }

    private static Deal Named(string name, string price, Guid? owner = null)
    {
        var deal = Samples.Deal(Samples.Line(unitPrice: price));
        (deal.Name, deal.OwnerId) = (name, $"{owner}");
        return deal;
    }

    private static async Task<string> TextAsync(DealsService.DealsServiceClient client, ExportDealsRequest request)
    {
        using var call = client.ExportDeals(request, cancellationToken: Samples.Token);
        var text = "";
        await foreach (var piece in call.ResponseStream.ReadAllAsync(Samples.Token))
            text += piece.Data.ToStringUtf8();
        return text;
    }
}
