using Grpc.Core;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Metadata.Tests.Fields;

/// <summary>Roll-ups as companies define them.</summary>
public sealed class RollUpFieldFacts(MetadataFixture metadata) : IClassFixture<MetadataFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FieldsService.FieldsServiceClient Client => metadata.FieldsOf(_tenant);

    [Fact]
    public async Task A_roll_up_is_typed_when_it_is_saved()
    {
        await CreateAsync(Of("contacts.person", "size", FieldType.Number));
        await CreateAsync(Of("contacts.person", "salary", FieldType.Money));
        await CreateAsync(Of("contacts.person", "born", FieldType.Date));
        Assert.Equal(FieldType.Number, (await CreateAsync(People("count", RollUpFunction.Count, ""))).ResultType);
        Assert.Equal(FieldType.Decimal, (await CreateAsync(People("sum", RollUpFunction.Sum, "custom_fields.size * 2"))).ResultType);
        Assert.Equal(FieldType.Money, (await CreateAsync(People("average", RollUpFunction.Average, "custom_fields.salary", "custom_fields.size > 3"))).ResultType);
        Assert.Equal(FieldType.Date, (await CreateAsync(People("first", RollUpFunction.Minimum, "custom_fields.born"))).ResultType);
    }

    [Theory]
    [InlineData("company_id", RollUpFunction.Sum, "custom_fields.siez", "", "INVALID_FORMULA field.rollUp.value")]
    [InlineData("company_id", RollUpFunction.Sum, "last_name", "", "INVALID_ROLL_UP field.rollUp.value")]
    [InlineData("company_id", RollUpFunction.Sum, "custom_fields.born", "", "INVALID_ROLL_UP field.rollUp.value")]
    [InlineData("owner_id", RollUpFunction.Count, "", "", "INVALID_ROLL_UP field.rollUp.relation")]
    [InlineData("company_id", RollUpFunction.Count, "", "custom_fields.born < today()", "INVALID_ROLL_UP field.rollUp.filter")]
    [InlineData("company_id", RollUpFunction.Count, "", "owner_id = user.id", "INVALID_ROLL_UP field.rollUp.filter")]
    [InlineData("company_id", RollUpFunction.Count, "", "lst_name = 1", "INVALID_FILTER field.rollUp.filter")]
    [InlineData("company_id", RollUpFunction.Count, "custom_fields.size", "", "INVALID_ARGUMENT field.rollUp")]
    [InlineData("company_id", RollUpFunction.Unspecified, "custom_fields.size", "", "INVALID_ARGUMENT field.rollUp")]
    public async Task What_is_wrong_with_a_roll_up_is_named(string relation, RollUpFunction function, string value, string filter, string reason)
    {
        await CreateAsync(Of("contacts.person", "size", FieldType.Number));
        await CreateAsync(Of("contacts.person", "born", FieldType.Date));
        var field = People("wrong", function, value, filter);
        field.RollUp.Relation = relation;
        Assert.Equal(reason, ReasonOf(await Assert.ThrowsAsync<RpcException>(() => CreateAsync(field))));
        var frozen = People("frozen", RollUpFunction.Count, "");
        frozen.Resource = "finance.invoice";
        Assert.Equal("INVALID_ARGUMENT field.resource", ReasonOf(await Assert.ThrowsAsync<RpcException>(() => CreateAsync(frozen))));
    }

    [Fact]
    public async Task Amounts_are_converted_where_records_keep_rates()
    {
        await CreateAsync(Of("contacts.person", "salary", FieldType.Money));
        await CreateAsync(Of("deals.deal", "size", FieldType.Number));
        await CreateAsync(Of("deals.deal", "budget", FieldType.Money));
        Assert.Equal(FieldType.Money, (await CreateAsync(Deals("budgets", RollUpFunction.Sum, "custom_fields.budget"))).ResultType);
        Assert.Equal(FieldType.Money, (await CreateAsync(Deals("worth", RollUpFunction.Maximum, "amount / 2"))).ResultType);
        Assert.Equal(FieldType.Money, (await CreateAsync(Converted(People("pay", RollUpFunction.Sum, "custom_fields.salary")))).ResultType);
        var invoiced = Converted(People("invoiced", RollUpFunction.Sum, "total"));
        (invoiced.RollUp.Resource, invoiced.RollUp.Relation) = ("finance.invoice", "buyer_company_id");
        Assert.Equal(FieldType.Money, (await CreateAsync(invoiced)).ResultType);
        foreach (var wrong in new[] { Deals("wrong", RollUpFunction.Count, ""), Deals("wrong", RollUpFunction.Sum, "custom_fields.size") })
            Assert.Equal("INVALID_ROLL_UP field.rollUp.inCompanyCurrency", ReasonOf(await Assert.ThrowsAsync<RpcException>(() => CreateAsync(wrong))));

        static Field Deals(string key, RollUpFunction function, string value)
        {
            var field = Converted(People(key, function, value));
            field.RollUp.Resource = "deals.deal";
            return field;
        }

        static Field Converted(Field field)
        {
            field.RollUp.InCompanyCurrency = true;
            return field;
        }
    }

    [Fact]
    public async Task Records_of_another_service_are_counted_and_each_service_knows_what_it_needs_for_that()
    {
        await CreateAsync(Of("deals.deal", "hours", FieldType.Number));
        await CreateAsync(new Field(Of("deals.deal", "twice", FieldType.Formula)) { Formula = "custom_fields.hours * 2" });
        await CreateAsync(Of("contacts.company", "size", FieldType.Number));
        var field = People("effort", RollUpFunction.Sum, "custom_fields.twice", "status = DEAL_STATUS_WON");
        (field.RollUp.Resource, field.RollUp.Relation) = ("deals.deal", "company_id");
        Assert.Equal(FieldType.Decimal, (await CreateAsync(field)).ResultType);
        Assert.Equal(["contacts.company.effort", "contacts.company.size", "deals.deal.hours", "deals.deal.twice"], await SchemaAsync(true, "contacts.person", "contacts.company"));
        Assert.Equal(["contacts.company.effort", "deals.deal.hours", "deals.deal.twice"], await SchemaAsync(true, "deals.deal"));
        Assert.Equal(["deals.deal.hours", "deals.deal.twice"], await SchemaAsync(false, "deals.deal"));
        Assert.Empty(await SchemaAsync(true, "finance.invoice"));
    }

    private async Task<IEnumerable<string>> SchemaAsync(bool withCounted, params string[] resources) =>
        (await metadata.ResourcesOf(_tenant).GetSchemaAsync(new GetSchemaRequest { Resources = { resources }, WithCounted = withCounted }, cancellationToken: Token))
            .Fields.Select(field => $"{field.Resource}.{field.Key}").Order(StringComparer.Ordinal);

    [Fact]
    public async Task A_roll_up_that_reads_itself_is_refused_with_the_way_and_other_roll_ups_are_not_read()
    {
        await CreateAsync(new Field(Of("contacts.company", "mother", FieldType.Relation)) { RelatedResource = "contacts.company" });
        await CreateAsync(Of("contacts.company", "size", FieldType.Number));
        var sum = await CreateAsync(Daughters("total", "custom_fields.size"));
        var cycle = await Assert.ThrowsAsync<RpcException>(() => ChangeAsync(sum, "custom_fields.size + custom_fields.total"));
        Assert.Equal("ROLL_UP_CYCLE field.rollUp.value", ReasonOf(cycle));
        Assert.Contains("contacts.company.custom_fields.total → contacts.company.custom_fields.total", cycle.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("ROLL_UP_NOT_READABLE field.rollUp.value", ReasonOf(await Assert.ThrowsAsync<RpcException>(() => CreateAsync(Daughters("other", "custom_fields.total")))));
        var formula = await CreateAsync(Formula("twice", "custom_fields.size * 2"));
        var over = await CreateAsync(Formula("more", "custom_fields.total + 1"));
        Assert.Equal(FieldType.Decimal, over.ResultType);
        Assert.Equal("ROLL_UP_NOT_READABLE field.rollUp.value", ReasonOf(await Assert.ThrowsAsync<RpcException>(() => CreateAsync(Daughters("other", "custom_fields.more")))));
        Assert.Equal("FIELD_IN_USE", ReasonOf(await Assert.ThrowsAsync<RpcException>(() => DeleteAsync(sum))));
        var back = await Assert.ThrowsAsync<RpcException>(() => ChangeAsync(sum, "custom_fields.more"));
        Assert.Equal("ROLL_UP_CYCLE field.rollUp.value", ReasonOf(back));
        Assert.Contains("contacts.company.custom_fields.total → contacts.company.custom_fields.more → contacts.company.custom_fields.total", back.Status.Detail, StringComparison.Ordinal);
        await ChangeAsync(sum, "custom_fields.twice");
        var way = await Assert.ThrowsAsync<RpcException>(async () => await Client.UpdateFieldAsync(new UpdateFieldRequest { Field = new Field { Id = formula.Id, Formula = "custom_fields.total" } }, cancellationToken: Token));
        Assert.Equal("ROLL_UP_CYCLE field.formula", ReasonOf(way));
        Assert.Contains("contacts.company.custom_fields.twice → contacts.company.custom_fields.total → contacts.company.custom_fields.twice", way.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_made_of_other_records_is_not_rolled_up_again_whichever_of_both_is_defined_last()
    {
        await CreateAsync(Of("contacts.person", "size", FieldType.Number));
        await CreateAsync(new Field(Of("contacts.company", "head", FieldType.Relation)) { RelatedResource = "contacts.person" });
        var twice = await CreateAsync(new Field(Of("contacts.person", "twice", FieldType.Formula)) { Formula = "custom_fields.size * 2" });
        var sum = await CreateAsync(People("sum", RollUpFunction.Sum, "custom_fields.twice"));
        await CreateAsync(Formula("half", "custom_fields.sum / 2"));
        var led = new Field(Of("contacts.person", "led", FieldType.RollUp))
        {
            RollUp = new RollUp { Resource = "contacts.company", Relation = "custom_fields.head", Function = RollUpFunction.Count },
        };
        Assert.Equal("ROLL_UP_NOT_READABLE field.rollUp.value", ReasonOf(await Assert.ThrowsAsync<RpcException>(() =>
            CreateAsync(new Field(led) { RollUp = new RollUp(led.RollUp) { Function = RollUpFunction.Sum, Value = "custom_fields.half" } }))));
        Assert.Equal("ROLL_UP_NOT_READABLE field.rollUp.filter", ReasonOf(await Assert.ThrowsAsync<RpcException>(() =>
            CreateAsync(new Field(led) { RollUp = new RollUp(led.RollUp) { Filter = "custom_fields.half > 1" } }))));
        await CreateAsync(led);
        Assert.Equal("FORMULA_IN_USE field", ReasonOf(await Assert.ThrowsAsync<RpcException>(async () =>
            await Client.UpdateFieldAsync(new UpdateFieldRequest { Field = new Field { Id = twice.Id, Formula = "custom_fields.led * 2" } }, cancellationToken: Token))));
        await CreateAsync(Of("contacts.person", "born", FieldType.Date));
        Assert.Equal("FORMULA_IN_USE field.formula", ReasonOf(await Assert.ThrowsAsync<RpcException>(async () => await Client.UpdateFieldAsync(
            new UpdateFieldRequest { Field = new Field { Id = sum.Id, RollUp = new RollUp(sum.RollUp) { Function = RollUpFunction.Minimum, Value = "custom_fields.born" } } }, cancellationToken: Token))));
    }

    [Fact]
    public async Task What_a_roll_up_reads_stays_as_it_is_needed()
    {
        var size = await CreateAsync(Of("contacts.person", "size", FieldType.Number));
        var formula = await CreateAsync(new Field(Of("contacts.person", "twice", FieldType.Formula)) { Formula = "custom_fields.size * 2" });
        var sum = await CreateAsync(People("sum", RollUpFunction.Sum, "custom_fields.twice", "custom_fields.size > 1"));
        Assert.Equal("FIELD_IN_USE", ReasonOf(await Assert.ThrowsAsync<RpcException>(() => DeleteAsync(formula))));
        Assert.Equal("FIELD_IN_USE", ReasonOf(await Assert.ThrowsAsync<RpcException>(() => DeleteAsync(size))));
        Assert.Equal("FORMULA_IN_USE field", ReasonOf(await Assert.ThrowsAsync<RpcException>(async () =>
            await Client.UpdateFieldAsync(new UpdateFieldRequest { Field = new Field { Id = formula.Id, Formula = "last_name" } }, cancellationToken: Token))));
        var resources = new RollUp(sum.RollUp) { Resource = "contacts.lead" };
        Assert.Equal("INVALID_ARGUMENT field.rollUp.resource", ReasonOf(await Assert.ThrowsAsync<RpcException>(async () =>
            await Client.UpdateFieldAsync(new UpdateFieldRequest { Field = new Field { Id = sum.Id, RollUp = resources } }, cancellationToken: Token))));
        await DeleteAsync(sum);
        await DeleteAsync(formula);
        Assert.Equal("INVALID_FORMULA field.rollUp.value", ReasonOf(await Assert.ThrowsAsync<RpcException>(async () => await Client.UndeleteFieldAsync(new UndeleteFieldRequest { Id = sum.Id }, cancellationToken: Token))));
    }

    [Fact]
    public async Task The_descriptor_hides_a_roll_up_whose_input_the_caller_does_not_see()
    {
        await CreateAsync(Of("contacts.person", "salary", FieldType.Money));
        await CreateAsync(People("salaries", RollUpFunction.Sum, "custom_fields.salary"));
        await CreateAsync(People("people", RollUpFunction.Count, ""));
        var user = Guid.CreateVersion7();
        metadata.Access.Set(_tenant, new Access
        {
            UserId = $"{user}",
            Permissions = { "metadata.read", "contacts.read" },
            Policies = { new AccessPolicy { Id = $"{Guid.CreateVersion7()}", Name = "No salaries", Resource = "contacts.person", FieldRules = { new FieldRule { Path = "custom_fields.salary", Access = FieldAccess.Hidden } } } },
        });
        var resources = new ResourcesService.ResourcesServiceClient(metadata.Grpc(TestTokens.ForPerson(_tenant, user)));
        var fields = (await resources.DescribeResourceAsync(new DescribeResourceRequest { Resource = "contacts.company" }, cancellationToken: Token)).Fields.ToDictionary(field => field.Path);
        Assert.Equal(("money", true, true, "hidden"), (fields["custom_fields.salaries"].Type, fields["custom_fields.salaries"].OutputOnly, fields["custom_fields.salaries"].Sortable, fields["custom_fields.salaries"].Access));
        Assert.Equal(("number", "full"), (fields["custom_fields.people"].Type, fields["custom_fields.people"].Access));
    }

    private static Field Of(string resource, string key, FieldType type) => new() { Resource = resource, Key = key, Type = type, Label = key };

    private static Field Formula(string key, string formula) => new(Of("contacts.company", key, FieldType.Formula)) { Formula = formula };

    private static Field People(string key, RollUpFunction function, string value, string filter = "") => new(Of("contacts.company", key, FieldType.RollUp))
    {
        RollUp = new RollUp { Resource = "contacts.person", Relation = "company_id", Function = function, Value = value, Filter = filter },
    };

    private static Field Daughters(string key, string value) => new(Of("contacts.company", key, FieldType.RollUp))
    {
        RollUp = new RollUp { Resource = "contacts.company", Relation = "custom_fields.mother", Function = RollUpFunction.Sum, Value = value },
    };

    private async Task<Field> CreateAsync(Field field) => await Client.CreateFieldAsync(new CreateFieldRequest { Field = field }, cancellationToken: Token);

    private async Task<Field> ChangeAsync(Field field, string value) =>
        await Client.UpdateFieldAsync(new UpdateFieldRequest { Field = new Field { Id = field.Id, RollUp = new RollUp(field.RollUp) { Value = value } } }, cancellationToken: Token);

    private async Task<Field> DeleteAsync(Field field) => await Client.DeleteFieldAsync(new DeleteFieldRequest { Id = field.Id }, cancellationToken: Token);

    private static string ReasonOf(RpcException refused)
    {
        var status = refused.GetRpcStatus()!;
        return $"{status.GetDetail<Google.Rpc.ErrorInfo>().Reason} {status.GetDetail<Google.Rpc.BadRequest>()?.FieldViolations[0].Field}".Trim();
    }
}
