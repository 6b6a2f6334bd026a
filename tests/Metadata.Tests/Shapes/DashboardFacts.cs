using System.Net.Http.Json;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Metadata.Tests.Shapes;

public sealed class DashboardFacts(MetadataFixture metadata) : IClassFixture<MetadataFixture>
{
    private static readonly string[] Sales = ["sales"];
    private static readonly string[] InvoiceColumns = ["number", "total"];
    private static readonly string[] Readers = ["metadata.read", "deals.read"];

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DashboardsService.DashboardsServiceClient Admin => new(metadata.GrpcFor(_tenant, MetadataFixture.All));

    [Fact]
    public async Task A_dashboard_is_made_over_rest_and_its_people_begin_with_it()
    {
        using var rest = metadata.RestFor(_tenant, MetadataFixture.All);
        using var made = await rest.PostAsJsonAsync(new Uri("/api/v1/metadata/dashboards", UriKind.Relative), new
        {
            key = "sales",
            label = "Sales",
            visibility = "VISIBILITY_COMPANY",
            defaultForRoles = Sales,
            widgets = new object[]
            {
                new { title = "Won", kind = "WIDGET_KIND_NUMBER", resource = "deals.deal", filter = "status = DEAL_STATUS_WON", aggregation = new { function = "AGGREGATE_FUNCTION_SUM", field = "amount" } },
                new { title = "By stage", kind = "WIDGET_KIND_CHART", resource = "deals.deal", groupBy = "status", chart = "CHART_KIND_PIE", x = 4 },
                new { title = "Late", kind = "WIDGET_KIND_LIST", resource = "finance.invoice", filter = "due_date < today()", orderBy = "due_date", columns = InvoiceColumns, limit = 5 },
            },
        }, Token);
        var text = await made.Content.ReadAsStringAsync(Token);
        Assert.True(made.IsSuccessStatusCode, text);
        var begun = await ResolvedAsync(Guid.CreateVersion7(), [.. Readers, "finance.read"], Sales);
        Assert.Equal(("sales", false), (begun.Key, begun.Generated));
        Assert.Equal(["Won", "By stage", "Late"], begun.Widgets.Select(widget => widget.Title));
        // Who may not read invoices has no use for a list of them.
        Assert.Equal(["Won", "By stage"], (await ResolvedAsync(Guid.CreateVersion7(), Readers, Sales)).Widgets.Select(widget => widget.Title));
        // Nor has who is not to see what it adds up.
        Assert.Equal(["By stage"], (await ResolvedAsync(Guid.CreateVersion7(), Readers, Sales, new AccessRule("deals.deal", "amount", FieldAccess.Masked))).Widgets.Select(widget => widget.Title));
    }

    [Fact]
    public async Task Ones_own_home_comes_before_that_of_a_role_and_that_before_the_companys_and_one_that_is_made_up()
    {
        var anna = Guid.CreateVersion7();
        var generated = await ResolvedAsync(anna, Readers, Sales);
        Assert.True(generated.Generated);
        Assert.Equal(["deals.deal"], generated.Widgets.Select(widget => widget.Resource).Distinct());
        await CreateAsync(Admin, new Dashboard { Key = "all", Label = "All", Visibility = Visibility.Company, Home = true });
        Assert.Equal("all", (await ResolvedAsync(anna, Readers, Sales)).Key);
        await CreateAsync(Admin, new Dashboard { Key = "sales", Label = "Sales", Visibility = Visibility.Company, DefaultForRoles = { "sales" } });
        Assert.Equal("sales", (await ResolvedAsync(anna, Readers, Sales)).Key);
        var own = await CreateAsync(new(metadata.As(_tenant, anna, Readers, Sales)), new Dashboard { Key = "mine", Label = "Mine", Home = true });
        Assert.Equal("mine", (await ResolvedAsync(anna, Readers, Sales)).Key);
        Assert.Equal("all", (await ResolvedAsync(Guid.CreateVersion7(), Readers, ["support"])).Key);
        await Refusal.OfAsync("NOT_FOUND", async () => await Admin.GetDashboardAsync(new GetDashboardRequest { Id = own.Id }, cancellationToken: Token));
        await Refusal.OfAsync("PERMISSION_DENIED", () => CreateAsync(new(metadata.As(_tenant, anna, Readers, Sales)), new Dashboard { Label = "For all", Visibility = Visibility.Company }));
    }

    [Fact]
    public async Task What_does_not_fit_is_named_by_its_widget()
    {
        await WrongAsync("INVALID_FILTER", "dashboard.widgets[1].filter", new Widget { Resource = "deals.deal", Filter = "amout > 1" });
        await WrongAsync("INVALID_ARGUMENT", "dashboard.widgets[1].resource", new Widget { Resource = "deals.nothing" });
        await WrongAsync("INVALID_ARGUMENT", "dashboard.widgets[1].aggregation.field", new Widget { Resource = "deals.deal", Aggregation = new Aggregation { Function = AggregateFunction.Sum, Field = "name" } });
        await WrongAsync("INVALID_ARGUMENT", "dashboard.widgets[1].groupBy", new Widget { Resource = "deals.deal", Kind = WidgetKind.Chart });
        await WrongAsync("INVALID_ORDER_BY", "dashboard.widgets[1].orderBy", new Widget { Resource = "deals.deal", Kind = WidgetKind.List, OrderBy = "lost_reason" });
        await WrongAsync("INVALID_ARGUMENT", "dashboard.widgets[1].columns[0]", new Widget { Resource = "deals.deal", Kind = WidgetKind.List, Columns = { "nam" } });
        await WrongAsync("INVALID_ARGUMENT", "dashboard.widgets[1].width", new Widget { Resource = "deals.deal", Width = 13 });
    }

    [Fact]
    public async Task Another_company_sees_nothing_and_changes_are_audited_and_announced()
    {
        var made = await CreateAsync(Admin, new Dashboard { Label = "Mine", Visibility = Visibility.Company });
        var changed = await Admin.UpdateDashboardAsync(new UpdateDashboardRequest { Dashboard = new Dashboard { Id = made.Id, Etag = made.Etag, Label = "Ours" } }, cancellationToken: Token);
        await Refusal.OfAsync("STALE_ETAG", async () => await Admin.DeleteDashboardAsync(new DeleteDashboardRequest { Id = made.Id, Etag = made.Etag }, cancellationToken: Token));
        Assert.Equal([changed], (await Admin.ListDashboardsAsync(new ListDashboardsRequest(), cancellationToken: Token)).Dashboards);
        var other = new DashboardsService.DashboardsServiceClient(metadata.GrpcFor(Guid.CreateVersion7(), MetadataFixture.All));
        Assert.Empty((await other.ListDashboardsAsync(new ListDashboardsRequest(), cancellationToken: Token)).Dashboards);
        await Refusal.OfAsync("NOT_FOUND", async () => await other.DeleteDashboardAsync(new DeleteDashboardRequest { Id = made.Id }, cancellationToken: Token));
        await Admin.DeleteDashboardAsync(new DeleteDashboardRequest { Id = made.Id }, cancellationToken: Token);
        Assert.Equal(3, await metadata.EventsAsync(_tenant, "ShapeChanged"));
        var history = await metadata.GrpcFor(_tenant, AuditHistory.Permission).HistoryAsync("metadata.dashboard", made.Id, atLeast: 3);
        Assert.Equal(["create", "update", "delete"], history.Select(entry => entry.Action));
    }

    private async Task WrongAsync(string code, string field, Widget widget)
    {
        var dashboard = new Dashboard { Label = "Wrong", Visibility = Visibility.Company, Widgets = { new Widget { Resource = "deals.deal" }, widget } };
        Assert.Equal([field], (await Refusal.OfAsync(code, () => CreateAsync(Admin, dashboard))).Fields());
    }

    private static async Task<Dashboard> CreateAsync(DashboardsService.DashboardsServiceClient client, Dashboard dashboard) =>
        await client.CreateDashboardAsync(new CreateDashboardRequest { Dashboard = dashboard }, cancellationToken: Token);

    private async Task<Dashboard> ResolvedAsync(Guid user, string[] permissions, string[] roles, params AccessRule[] rules) =>
        await new DashboardsService.DashboardsServiceClient(metadata.As(_tenant, user, permissions, roles, rules: rules)).ResolveDashboardAsync(new ResolveDashboardRequest(), cancellationToken: Token);
}
