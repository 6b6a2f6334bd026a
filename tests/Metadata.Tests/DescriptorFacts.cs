using System.Text.Json;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Metadata.Tests;

public sealed class DescriptorFacts(MetadataFixture metadata) : IClassFixture<MetadataFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_resource_is_described_with_its_own_fields_and_the_companys_in_the_callers_language()
    {
        await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest
        {
            Field = new Field { Resource = "deals.deal", Key = "region", Type = FieldType.SingleChoice, Label = "Region", LabelTranslations = { ["ru"] = "Регион" }, Choices = { new Choice { Key = "north", Label = "North", LabelTranslations = { ["ru"] = "Север" } } } },
        }, cancellationToken: Token);
        using var rest = metadata.RestFor(_tenant, "metadata.read", "deals.read", "deals.export");
        rest.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ru-RU,en;q=0.5");
        using var answer = JsonDocument.Parse(await rest.GetStringAsync(new Uri("/api/v1/metadata/resources/deals.deal", UriKind.Relative), Token));
        var deal = answer.RootElement;
        Assert.Equal(("Сделка", "/api/v1/deals"), (deal.GetProperty("label").GetString(), deal.GetProperty("restPath").GetString()));
        var fields = deal.GetProperty("fields").EnumerateArray().ToDictionary(field => field.GetProperty("path").GetString()!);
        Assert.Equal(("Сумма", "money", true), (fields["amount"].GetProperty("label").GetString(), fields["amount"].GetProperty("type").GetString(), fields["amount"].GetProperty("sortable").GetBoolean()));
        Assert.Equal(("Регион", "single_choice", "full"), (fields["custom_fields.region"].GetProperty("label").GetString(), fields["custom_fields.region"].GetProperty("type").GetString(), fields["custom_fields.region"].GetProperty("access").GetString()));
        Assert.Equal("Север", fields["custom_fields.region"].GetProperty("definition").GetProperty("choices")[0].GetProperty("label").GetString());
        var actions = deal.GetProperty("actions").EnumerateArray().ToDictionary(action => action.GetProperty("action").GetString()!, action => action.GetProperty("allowed").GetBoolean());
        Assert.Equal((true, false, true), (actions["read"], actions["update"], actions["export"]));
    }

    [Fact]
    public async Task Field_rules_of_the_caller_are_in_the_description()
    {
        var user = Guid.CreateVersion7();
        metadata.Access.Set(_tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{user}",
            Permissions = { "metadata.read", "deals.read", "deals.write", "deals.export" },
            Policies =
            {
                new AccessPolicy
                {
                    Id = $"{Guid.CreateVersion7()}",
                    Name = "Little to see",
                    Resource = "deals.deal",
                    FieldRules = { new FieldRule { Path = "amount", Access = FieldAccess.Hidden }, new FieldRule { Path = "custom_fields.salary", Access = FieldAccess.Masked } },
                },
            },
        });
        await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest { Field = new Field { Resource = "deals.deal", Key = "salary", Type = FieldType.Text, Label = "Salary" } }, cancellationToken: Token);
        var resources = new ResourcesService.ResourcesServiceClient(metadata.Grpc(TestTokens.ForPerson(_tenant, user)));
        var described = await resources.DescribeResourceAsync(new DescribeResourceRequest { Resource = "deals.deal" }, cancellationToken: Token);
        var access = described.Fields.ToDictionary(field => field.Path, field => field.Access);
        Assert.Equal(("hidden", "masked", "full"), (access["amount"], access["custom_fields.salary"], access["name"]));
        Assert.All(described.Actions, action => Assert.Equal((true, true), (action.Allowed, action.Conditional)));
    }

    [Fact]
    public async Task Every_resource_is_listed_with_its_place_in_the_api()
    {
        var listed = await metadata.ResourcesOf(_tenant).ListResourcesAsync(new ListResourcesRequest { Language = "de" }, cancellationToken: Token);
        Assert.Contains(listed.Resources, resource => resource is { Resource: "contacts.company", PluralLabel: "Firmen", RestPath: "/api/v1/contacts/companies" });
        Assert.All(listed.Resources, resource => Assert.Equal(5, resource.Actions.Count));
        // What is issued is never changed.
        var clerk = new ResourcesService.ResourcesServiceClient(metadata.GrpcFor(_tenant, "metadata.read", "finance.read", "finance.write", "finance.export"));
        var note = await clerk.DescribeResourceAsync(new DescribeResourceRequest { Resource = "finance.credit_note" }, cancellationToken: Token);
        Assert.Equal(["read", "create"], note.Actions.Where(action => action.Allowed).Select(action => action.Action));
        Assert.Equal(["invoice_id", "reason"], note.Fields.Where(field => !field.OutputOnly).Select(field => field.Path));
    }

    [Fact]
    public async Task All_resources_are_described_at_once_as_far_as_the_caller_may_read_them()
    {
        await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest { Field = new Field { Resource = "deals.deal", Key = "region", Type = FieldType.Text, Label = "Region" } }, cancellationToken: Token);
        var resources = new ResourcesService.ResourcesServiceClient(metadata.GrpcFor(_tenant, "deals.read", "finance.write"));
        var described = await resources.DescribeResourcesAsync(new DescribeResourcesRequest { Language = "ru-RU" }, cancellationToken: Token);
        Assert.Equal([("deals.deal", "Сделка"), ("deals.quote", "Предложение")], described.Resources.Select(resource => (resource.Resource, resource.Label)));
        var deal = described.Resources[0];
        Assert.Contains(deal.Fields, field => field.Path == "custom_fields.region");
        var others = new ResourcesService.ResourcesServiceClient(metadata.GrpcFor(Guid.CreateVersion7(), "deals.read"));
        var foreign = await others.DescribeResourcesAsync(new DescribeResourcesRequest(), cancellationToken: Token);
        Assert.DoesNotContain(foreign.Resources.SelectMany(resource => resource.Fields), field => field.Path == "custom_fields.region");
    }
}
