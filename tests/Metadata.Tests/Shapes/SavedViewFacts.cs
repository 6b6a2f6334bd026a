using System.Net.Http.Json;
using Grpc.Core;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Metadata.Tests.Shapes;

public sealed class SavedViewFacts(MetadataFixture metadata) : IClassFixture<MetadataFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SavedViewsService.SavedViewsServiceClient Admin => new(metadata.GrpcFor(_tenant, MetadataFixture.All));

    [Fact]
    public async Task A_view_is_kept_over_rest_and_stands_in_the_description_of_its_resource()
    {
        await DefineAsync("stage", FieldType.SingleChoice);
        using var rest = metadata.RestFor(_tenant, MetadataFixture.All);
        using var made = await rest.PostAsJsonAsync(new Uri("/api/v1/metadata/views", UriKind.Relative), new
        {
            key = "open_deals",
            resource = "deals.deal",
            label = "Open deals",
            labelTranslations = new { ru = "Открытые сделки" },
            visibility = "VISIBILITY_COMPANY",
            pinned = true,
            kind = "SAVED_VIEW_KIND_BOARD",
            filter = "status = DEAL_STATUS_OPEN AND custom_fields.stage = \"a\" AND close_date < today()",
            orderBy = "close_date desc, custom_fields.stage",
            columns = new object[] { new { path = "name", width = 200 }, new { path = "custom_fields.stage" } },
            groupField = "custom_fields.stage",
        }, Token);
        var text = await made.Content.ReadAsStringAsync(Token);
        Assert.True(made.IsSuccessStatusCode, text);
        var view = SavedView.Parser.ParseJson(text);
        Assert.Empty(view.Problems);
        var described = await metadata.ResourcesOf(_tenant).DescribeResourceAsync(new DescribeResourceRequest { Resource = "deals.deal", Language = "ru" }, cancellationToken: Token);
        Assert.Equal(("open_deals", "Открытые сделки", ""), (described.Views.Single().Key, described.Views.Single().Label, described.DefaultViewId));
        Assert.Equal(view, await Admin.GetSavedViewAsync(new GetSavedViewRequest { Id = view.Id }, cancellationToken: Token));
        Assert.Empty((await Admin.ListSavedViewsAsync(new ListSavedViewsRequest { Resource = "contacts.person" }, cancellationToken: Token)).SavedViews);
    }

    [Theory]
    [InlineData("statuss = DEAL_STATUS_OPEN", "", "INVALID_FILTER", "savedView.filter", "At character 1: There is no field 'statuss'. Did you mean 'status'?")]
    [InlineData("amount > 5 AND custom_fields.nothing = 1", "", "INVALID_FILTER", "savedView.filter", "At character 16: There is no field 'custom_fields.nothing'.")]
    [InlineData("(amount > 5", "", "INVALID_FILTER", "savedView.filter", "At character")]
    [InlineData("", "name, lost_reason", "INVALID_ORDER_BY", "savedView.orderBy", "At character 7: Rows are not sorted by 'lost_reason'.")]
    [InlineData("", "", "INVALID_ARGUMENT", "savedView.columns[0].path", "deals.deal has no field 'prob'. Did you mean 'probability'?", "prob")]
    [InlineData("", "", "INVALID_ARGUMENT", "savedView.groupField", "'name' is of the type text", "", "name")]
    public async Task What_does_not_fit_the_resource_is_named(string filter, string order, string code, string field, string message, string column = "", string group = "")
    {
        var view = Of("v", Visibility.Company);
        (view.Filter, view.OrderBy, view.GroupField) = (filter, order, group);
        if (column.Length > 0)
            view.Columns.Add(new ViewColumn { Path = column });
        var refused = await Refusal.OfAsync(code, () => CreateAsync(Admin, view));
        Assert.Equal([field], refused.Fields());
        Assert.Contains(message, refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_whose_field_was_deleted_says_so_and_can_still_be_changed()
    {
        var field = await DefineAsync("gone", FieldType.Text);
        var view = Of("late", Visibility.Company);
        view.Filter = "custom_fields.gone = \"x\"";
        view.Columns.Add([new ViewColumn { Path = "name" }, new ViewColumn { Path = "custom_fields.gone" }]);
        var made = await CreateAsync(Admin, view);
        await metadata.FieldsOf(_tenant).DeleteFieldAsync(new DeleteFieldRequest { Id = field.Id }, cancellationToken: Token);
        var read = await Admin.GetSavedViewAsync(new GetSavedViewRequest { Id = made.Id }, cancellationToken: Token);
        Assert.Equal(["filter", "columns[1].path"], read.Problems.Select(problem => problem.Part));
        var renamed = await Admin.UpdateSavedViewAsync(new UpdateSavedViewRequest { SavedView = new SavedView { Id = made.Id, Label = "Renamed" } }, cancellationToken: Token);
        Assert.Equal(("Renamed", 2), (renamed.Label, renamed.Problems.Count));
        await Refusal.OfAsync("INVALID_FILTER", async () => await Admin.UpdateSavedViewAsync(new UpdateSavedViewRequest { SavedView = new SavedView { Id = made.Id, Filter = "nothing = 1" } }, cancellationToken: Token));
        await metadata.FieldsOf(_tenant).UndeleteFieldAsync(new UndeleteFieldRequest { Id = field.Id }, cancellationToken: Token);
        Assert.Empty((await Admin.GetSavedViewAsync(new GetSavedViewRequest { Id = made.Id }, cancellationToken: Token)).Problems);
    }

    [Fact]
    public async Task Private_views_are_their_owners_those_of_a_team_its_members_and_those_of_the_company_the_administrators()
    {
        var (team, anna, boris) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var (a, b) = (As(anna, team), As(boris));
        var own = await CreateAsync(a, Of("mine", Visibility.Unspecified));
        Assert.Equal((Visibility.Private, $"{anna}"), (own.Visibility, own.OwnerId));
        await Hidden(b, own);
        await Hidden(Admin, own);
        // Another person may call one alike.
        await CreateAsync(b, Of("mine", Visibility.Private));
        await Refusal.OfAsync("VIEW_EXISTS", () => CreateAsync(a, Of("mine", Visibility.Private)));
        var teams = Of("ours", Visibility.Team);
        teams.TeamId = $"{team}";
        await Refusal.OfAsync("INVALID_ARGUMENT", () => CreateAsync(b, teams));
        var ours = await CreateAsync(a, teams);
        await Hidden(b, ours);
        await Refusal.OfAsync("PERMISSION_DENIED", () => CreateAsync(a, Of("all", Visibility.Company)));
        var all = await CreateAsync(Admin, Of("all", Visibility.Company));
        await Refusal.OfAsync("PERMISSION_DENIED", async () => await b.DeleteSavedViewAsync(new DeleteSavedViewRequest { Id = all.Id }, cancellationToken: Token));
        await Refusal.OfAsync("PERMISSION_DENIED", async () => await b.UpdateSavedViewAsync(new UpdateSavedViewRequest { SavedView = new SavedView { Id = all.Id, Label = "Boris" } }, cancellationToken: Token));
        Assert.Equal(["all", "mine", "ours"], (await a.ListSavedViewsAsync(new ListSavedViewsRequest(), cancellationToken: Token)).SavedViews.Select(view => view.Key).Order(StringComparer.Ordinal));
        await a.DeleteSavedViewAsync(new DeleteSavedViewRequest { Id = own.Id }, cancellationToken: Token);
        await Hidden(a, own);
    }

    [Fact]
    public async Task A_list_opens_with_ones_own_choice_else_with_that_of_a_role()
    {
        var anna = Guid.CreateVersion7();
        var invoker = metadata.As(_tenant, anna, ["metadata.read"], roles: ["sales"]);
        var (views, resources) = (new SavedViewsService.SavedViewsServiceClient(invoker), new ResourcesService.ResourcesServiceClient(invoker));
        var others = Of("other", Visibility.Company);
        others.DefaultForRoles.Add("support");
        await CreateAsync(Admin, others);
        Assert.Equal("", await DefaultAsync());
        var sales = Of("sales", Visibility.Company);
        sales.DefaultForRoles.Add("sales");
        var ofRole = await CreateAsync(Admin, sales);
        Assert.Equal(ofRole.Id, await DefaultAsync());
        var own = await CreateAsync(views, Of("own", Visibility.Private));
        Assert.True((await views.PreferSavedViewAsync(new PreferSavedViewRequest { Id = own.Id }, cancellationToken: Token)).Preferred);
        Assert.Equal(own.Id, await DefaultAsync());
        Assert.False((await views.PreferSavedViewAsync(new PreferSavedViewRequest { Id = own.Id, Withdraw = true }, cancellationToken: Token)).Preferred);
        Assert.Equal(ofRole.Id, await DefaultAsync());
        await views.PreferSavedViewAsync(new PreferSavedViewRequest { Id = own.Id }, cancellationToken: Token);
        await views.DeleteSavedViewAsync(new DeleteSavedViewRequest { Id = own.Id }, cancellationToken: Token);
        Assert.Equal(ofRole.Id, await DefaultAsync());

        async Task<string> DefaultAsync() => (await resources.DescribeResourceAsync(new DescribeResourceRequest { Resource = "deals.deal" }, cancellationToken: Token)).DefaultViewId;
    }

    [Fact]
    public async Task Another_company_sees_nothing_and_changes_are_audited_and_announced()
    {
        var view = await CreateAsync(Admin, Of("", Visibility.Company));
        Assert.StartsWith("saved_view_", view.Key, StringComparison.Ordinal);
        await Hidden(new(metadata.GrpcFor(Guid.CreateVersion7(), MetadataFixture.All)), view);
        await Admin.DeleteSavedViewAsync(new DeleteSavedViewRequest { Id = view.Id }, cancellationToken: Token);
        Assert.Equal(2, await metadata.EventsAsync(_tenant, "ShapeChanged"));
        var history = await metadata.GrpcFor(_tenant, AuditHistory.Permission).HistoryAsync("metadata.saved_view", view.Id, atLeast: 2);
        Assert.Equal(["create", "delete"], history.Select(entry => entry.Action));
    }

    private SavedViewsService.SavedViewsServiceClient As(Guid user, params Guid[] teams) => new(metadata.As(_tenant, user, ["metadata.read"], teams: teams));

    private static SavedView Of(string key, Visibility visibility) => new() { Key = key, Resource = "deals.deal", Label = "A view", Visibility = visibility };

    private static async Task<SavedView> CreateAsync(SavedViewsService.SavedViewsServiceClient client, SavedView view) =>
        await client.CreateSavedViewAsync(new CreateSavedViewRequest { SavedView = view }, cancellationToken: Token);

    private static async Task Hidden(SavedViewsService.SavedViewsServiceClient client, SavedView view)
    {
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await client.GetSavedViewAsync(new GetSavedViewRequest { Id = view.Id }, cancellationToken: Token))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await client.DeleteSavedViewAsync(new DeleteSavedViewRequest { Id = view.Id }, cancellationToken: Token))).StatusCode);
        Assert.DoesNotContain((await client.ListSavedViewsAsync(new ListSavedViewsRequest(), cancellationToken: Token)).SavedViews, listed => listed.Id == view.Id);
    }

    private async Task<Field> DefineAsync(string key, FieldType type)
    {
        var field = new Field { Resource = "deals.deal", Key = key, Type = type, Label = key };
        if (type == FieldType.SingleChoice)
            field.Choices.Add(new Choice { Key = "a", Label = "A" });
        return await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest { Field = field }, cancellationToken: Token);
    }
}
