using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Metadata.Tests.Fields;

/// <summary>Formulas and auto-numbers as companies define them.</summary>
public sealed class FormulaFieldFacts(MetadataFixture metadata) : IClassFixture<MetadataFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FieldsService.FieldsServiceClient Client => metadata.FieldsOf(_tenant);

    [Theory]
    [InlineData("amount * probability / 100", FieldType.Money)]
    [InlineData("probability + 0.5", FieldType.Decimal)]
    [InlineData("concat(name, status)", FieldType.Text)]
    [InlineData("close_date - 7", FieldType.Date)]
    [InlineData("amount > money(5, \"EUR\")", FieldType.Boolean)]
    public async Task A_formula_is_typed_when_it_is_saved(string formula, FieldType type) => Assert.Equal(type, (await CreateAsync("f", formula)).ResultType);

    [Theory]
    [InlineData("amuont * 2", "At character 1: There is no field 'amuont' that a formula can read. Did you mean 'amount'?")]
    [InlineData("amount + name", "At character 8: '+' does not join an amount of money and a text.")]
    [InlineData("line_items", "There is no field 'line_items'")]
    [InlineData("if(amount, 1)", "At character 1: Use if(condition, value, otherwise).")]
    public async Task What_is_wrong_with_a_formula_is_named_with_its_place(string formula, string message)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => CreateAsync("f", formula));
        Assert.Contains(message, refused.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("INVALID_FORMULA field.formula", ReasonOf(refused));
        Assert.Empty((await Client.ListFieldsAsync(new ListFieldsRequest(), cancellationToken: Token)).Fields);
    }

    [Fact]
    public async Task A_field_that_is_only_looked_at_is_typed_or_refused_and_nothing_of_it_is_kept()
    {
        var kept = await CreateAsync("a", "probability * 2");
        var before = await Client.ListFieldsAsync(new ListFieldsRequest(), cancellationToken: Token);

        var looked = await Client.CreateFieldAsync(new CreateFieldRequest { Field = Formula("b", "custom_fields.a + 1"), ValidateOnly = true }, cancellationToken: Token);
        Assert.Equal(FieldType.Decimal, looked.ResultType);
        var changed = await Client.UpdateFieldAsync(new UpdateFieldRequest { Field = new Field { Id = kept.Id, Formula = "amount" }, UpdateMask = new() { Paths = { "formula" } }, ValidateOnly = true }, cancellationToken: Token);
        Assert.Equal(FieldType.Money, changed.ResultType);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await Client.CreateFieldAsync(new CreateFieldRequest { Field = Formula("b", "amuont"), ValidateOnly = true }, cancellationToken: Token));
        Assert.Equal("INVALID_FORMULA field.formula", ReasonOf(refused));

        var after = await Client.ListFieldsAsync(new ListFieldsRequest(), cancellationToken: Token);
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task A_formula_that_is_being_written_is_tried_on_a_record_by_the_rights_of_whoever_writes_it_and_nothing_is_kept()
    {
        var plain = new Field { Resource = "deals.deal", Key = "rate", Type = FieldType.Decimal, Label = "Rate" };
        await Client.CreateFieldAsync(new CreateFieldRequest { Field = plain }, cancellationToken: Token);
        await CreateAsync("twice", "amount * 2");
        var before = await Client.ListFieldsAsync(new ListFieldsRequest(), cancellationToken: Token);
        // As the deals service answers a deal.
        const string Deal = """
            {"id": "0198c0de-0000-7000-8000-000000000001", "status": "DEAL_STATUS_OPEN", "probability": 25, "closeDate": "2026-12-31", "amount": {"amount": "1200.50", "currency": "EUR"},
             "customFields": {"rate": "2.5", "twice": {"amount": "2401.00", "currency": "EUR"}, "$pending": []}, "of a later contract": 1}
            """;
        Assert.Equal("""Money { "amount": "3001.25", "currency": "EUR" }  []""", Told(await TryAsync("custom_fields.twice * custom_fields.rate / 2", Deal)));
        Assert.Equal("""Decimal "0.25"  []""", Told(await TryAsync("probability / 100", Deal)));
        Assert.Equal("""Text "DEAL_STATUS_OPEN 2027"  []""", Told(await TryAsync("concat(status, \" \", text(year(close_date) + 1))", Deal)));
        Assert.Equal("Decimal null DIVISION_BY_ZERO []", Told(await TryAsync("1 / (probability - 25)", Deal)));
        Assert.Equal("Money null  [amount, custom_fields.rate]", Told(await TryAsync("amount * custom_fields.rate", """{"name": "New"}""")));
        Assert.Equal("""Decimal "0"  [probability]""", Told(await TryAsync("coalesce(probability, 0)", null)));

        Assert.Equal("INVALID_FORMULA formula", ReasonOf(await Assert.ThrowsAsync<RpcException>(() => TryAsync("amuont", Deal))));
        Assert.Equal("INVALID_ARGUMENT record", ReasonOf(await Assert.ThrowsAsync<RpcException>(() => TryAsync("amount", """{"amount": 5}"""))));
        var anna = new FieldsService.FieldsServiceClient(metadata.As(_tenant, Guid.CreateVersion7(), MetadataFixture.All, rules: [new AccessRule("deals.deal", "amount", Platform.Tenants.V1.FieldAccess.Masked)]));
        foreach (var formula in new[] { "amount", "custom_fields.twice" })
            Assert.Equal("FIELD_NOT_READABLE formula", ReasonOf(await Assert.ThrowsAsync<RpcException>(() => TryAsync(formula, Deal, anna))));
        Assert.Equal("25", (await TryAsync("probability", Deal, anna)).Value.StringValue);
        var reader = new FieldsService.FieldsServiceClient(metadata.GrpcFor(_tenant, "metadata.read"));
        await Refusal.OfAsync("PERMISSION_DENIED", () => TryAsync("probability", Deal, reader));
        // Fields of another company are none here.
        Assert.Equal("INVALID_FORMULA formula", ReasonOf(await Assert.ThrowsAsync<RpcException>(() => TryAsync("custom_fields.rate", Deal, metadata.FieldsOf(Guid.CreateVersion7())))));
        Assert.Equal(before, await Client.ListFieldsAsync(new ListFieldsRequest(), cancellationToken: Token));
    }

    [Fact]
    public async Task Formulas_that_read_each_other_are_refused_with_the_way_and_what_is_read_stays()
    {
        var first = await CreateAsync("a", "probability * 2");
        await CreateAsync("b", "custom_fields.a + 1");
        var third = await CreateAsync("c", "custom_fields.b + custom_fields.a");
        var cycle = await Assert.ThrowsAsync<RpcException>(() => ChangeAsync(first, "custom_fields.c - 1"));
        Assert.Equal("FORMULA_CYCLE field.formula", ReasonOf(cycle));
        Assert.Contains("custom_fields.a → custom_fields.c → custom_fields.a", cycle.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("FORMULA_CYCLE field.formula", ReasonOf(await Assert.ThrowsAsync<RpcException>(() => ChangeAsync(first, "custom_fields.a + 1"))));
        Assert.Equal("FORMULA_IN_USE field.formula", ReasonOf(await Assert.ThrowsAsync<RpcException>(() => ChangeAsync(first, "name"))));
        Assert.Equal("FIELD_IN_USE", ReasonOf(await Assert.ThrowsAsync<RpcException>(() => DeleteAsync(first))));
        await DeleteAsync(third);
        Assert.Equal("probability * 3", (await ChangeAsync(first, "probability * 3")).Formula);
    }

    [Fact]
    public async Task What_a_deleted_formula_reads_may_be_gone_when_it_is_to_come_back()
    {
        var first = await CreateAsync("a", "probability * 2");
        var second = await CreateAsync("b", "custom_fields.a + 1");
        await DeleteAsync(second);
        await DeleteAsync(first);
        Assert.Equal("INVALID_FORMULA field.formula", ReasonOf(await Assert.ThrowsAsync<RpcException>(async () => await Client.UndeleteFieldAsync(new UndeleteFieldRequest { Id = second.Id }, cancellationToken: Token))));
    }

    [Fact]
    public async Task An_auto_number_is_unique_and_its_pattern_never_changes()
    {
        var field = await Client.CreateFieldAsync(new CreateFieldRequest { Field = new Field { Resource = "deals.deal", Key = "number", Type = FieldType.AutoNumber, Label = "Number", NumberPattern = "D-{yyyy}-{0000}" } }, cancellationToken: Token);
        Assert.True(field.Unique);
        var changed = await Assert.ThrowsAsync<RpcException>(async () => await Client.UpdateFieldAsync(new UpdateFieldRequest { Field = new Field { Id = field.Id, NumberPattern = "E-{0}" } }, cancellationToken: Token));
        Assert.Equal("INVALID_ARGUMENT field.numberPattern", ReasonOf(changed));
        var unfit = await Assert.ThrowsAsync<RpcException>(async () => await Client.CreateFieldAsync(
            new CreateFieldRequest { Field = new Field { Resource = "deals.deal", Key = "other", Type = FieldType.AutoNumber, Label = "Other", NumberPattern = "D-{MM}-{0}" } }, cancellationToken: Token));
        Assert.Equal("INVALID_ARGUMENT field.numberPattern", ReasonOf(unfit));
    }

    [Fact]
    public async Task Nothing_is_computed_in_invoices()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => CreateAsync("f", "amount_due", "finance.invoice"));
        Assert.Equal("INVALID_ARGUMENT field.resource", ReasonOf(refused));
    }

    [Fact]
    public async Task A_description_tells_the_type_of_the_values_and_hides_what_would_tell_something_hidden()
    {
        await CreateAsync("margin", "amount * 0.1");
        await CreateAsync("rank", "probability + 1");
        var user = Guid.CreateVersion7();
        metadata.Access.Set(_tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{user}",
            Permissions = { "metadata.read", "deals.read" },
            Policies = { new AccessPolicy { Id = $"{Guid.CreateVersion7()}", Name = "No amounts", Resource = "deals.deal", FieldRules = { new FieldRule { Path = "amount", Access = FieldAccess.Hidden } } } },
        });
        var resources = new ResourcesService.ResourcesServiceClient(metadata.Grpc(TestTokens.ForPerson(_tenant, user)));
        var fields = (await resources.DescribeResourceAsync(new DescribeResourceRequest { Resource = "deals.deal" }, cancellationToken: Token)).Fields.ToDictionary(field => field.Path);
        Assert.Equal(("money", true, "hidden"), (fields["custom_fields.margin"].Type, fields["custom_fields.margin"].OutputOnly, fields["custom_fields.margin"].Access));
        Assert.Equal(("decimal", true, "full"), (fields["custom_fields.rank"].Type, fields["custom_fields.rank"].Sortable, fields["custom_fields.rank"].Access));
    }

    private async Task<Field> CreateAsync(string key, string formula, string resource = "deals.deal") =>
        await Client.CreateFieldAsync(new CreateFieldRequest { Field = Formula(key, formula, resource) }, cancellationToken: Token);

    private static Field Formula(string key, string formula, string resource = "deals.deal") =>
        new() { Resource = resource, Key = key, Type = FieldType.Formula, Label = key, Formula = formula };

    private async Task<Field> ChangeAsync(Field field, string formula) =>
        await Client.UpdateFieldAsync(new UpdateFieldRequest { Field = new Field { Id = field.Id, Formula = formula } }, cancellationToken: Token);

    private async Task<Field> DeleteAsync(Field field) => await Client.DeleteFieldAsync(new DeleteFieldRequest { Id = field.Id }, cancellationToken: Token);

    private static string ReasonOf(RpcException refused)
    {
        var status = refused.GetRpcStatus()!;
        return $"{status.GetDetail<Google.Rpc.ErrorInfo>().Reason} {status.GetDetail<Google.Rpc.BadRequest>()?.FieldViolations[0].Field}".Trim();
    }

    private async Task<EvaluateFormulaResponse> TryAsync(string formula, string? record, FieldsService.FieldsServiceClient? client = null) =>
        await (client ?? Client).EvaluateFormulaAsync(new EvaluateFormulaRequest { Resource = "deals.deal", Formula = formula, Record = record is null ? null : Struct.Parser.ParseJson(record) }, cancellationToken: Token);

    private static string Told(EvaluateFormulaResponse told) => $"{told.ResultType} {told.Value?.ToString() ?? "null"} {told.Reason} [{string.Join(", ", told.Missing)}]";
}
