using Google.Protobuf.WellKnownTypes;
using Platform.Access.V1;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Record = Platform.Records.V1.Record;

namespace Records.Tests;

public sealed class AccessFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private readonly Guid _sam = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_permission_nothing_is_read_or_written()
    {
        var tenant = records.CompanyWithMachines();
        var press = await records.CreateAsync(tenant, "Press");
        var nobody = new RecordsService.RecordsServiceClient(records.GrpcFor(tenant, "metadata.read"));
        await Expect.FailsAsync("PERMISSION_DENIED", nobody.ListRecordsAsync(new ListRecordsRequest { Object = "machines" }, cancellationToken: Token));
        var reader = new RecordsService.RecordsServiceClient(records.GrpcFor(tenant, "records.read"));
        await Expect.FailsAsync("PERMISSION_DENIED", reader.DeleteRecordAsync(new DeleteRecordRequest { Object = "machines", Id = press.Id }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_policy_narrows_one_object_and_leaves_the_others()
    {
        var tenant = Guid.CreateVersion7();
        records.Fields.SetObjects(tenant, [RecordsFixture.Machines(), RecordsFixture.Kind("visit", "visits")]);
        var sam = Person(tenant, Own("records.machine"));
        await records.CreateAsync(tenant, "Theirs");
        var own = await sam.CreateRecordAsync(new CreateRecordRequest { Object = "machines", Record = new Record { Name = "Own" } }, cancellationToken: Token);
        await records.RecordsOf(tenant).CreateRecordAsync(new CreateRecordRequest { Object = "visits", Record = new Record { Name = "Visit" } }, cancellationToken: Token);
        Assert.Equal([own.Id], (await sam.ListRecordsAsync(new ListRecordsRequest { Object = "machines" }, cancellationToken: Token)).Records.Select(record => record.Id));
        Assert.Single((await sam.ListRecordsAsync(new ListRecordsRequest { Object = "visits" }, cancellationToken: Token)).Records);
    }

    [Fact]
    public async Task A_policy_that_denies_deleting_holds_though_a_deletion_can_be_taken_back()
    {
        var tenant = records.CompanyWithMachines();
        var press = await records.CreateAsync(tenant, "Press");
        var sam = Person(tenant, new AccessPolicy { Id = "d", Name = "No deleting", Resource = "records.machine", Specificity = PolicySpecificity.Role, Effect = PolicyEffect.Deny, Actions = { "delete" } });
        await Expect.FailsAsync("DENIED_BY_POLICY", sam.DeleteRecordAsync(new DeleteRecordRequest { Object = "machines", Id = press.Id }, cancellationToken: Token));
        await sam.UpdateRecordAsync(new UpdateRecordRequest { Object = "machines", Record = new Record { Id = press.Id, Name = "Big press" } }, cancellationToken: Token);
    }

    [Fact]
    public async Task Field_rules_of_the_object_hold_for_answers_writes_and_filters()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("price", FieldType.Number), RecordsFixture.Of("power", FieldType.Number));
        var press = await records.CreateAsync(tenant, "Press", """{"price":100,"power":5}""");
        var sam = Person(tenant, new AccessPolicy
        {
            Id = "f",
            Name = "No prices",
            Resource = "records.machine",
            Specificity = PolicySpecificity.Role,
            FieldRules = { new FieldRule { Path = "custom_fields.price", Access = FieldAccess.Hidden } },
        });
        var seen = await sam.GetRecordAsync(new GetRecordRequest { Object = "machines", Id = press.Id }, cancellationToken: Token);
        Assert.Equal(["power"], seen.CustomFields.Fields.Keys);
        Assert.Equal(["power"], (await sam.ListRecordsAsync(new ListRecordsRequest { Object = "machines" }, cancellationToken: Token)).Records.Single().CustomFields.Fields.Keys);
        await Expect.FailsAsync("FIELD_NOT_READABLE", sam.ListRecordsAsync(new ListRecordsRequest { Object = "machines", Filter = "custom_fields.price > 1" }, cancellationToken: Token));
        var change = new Record { Id = press.Id, CustomFields = Struct.Parser.ParseJson("""{"price":1}""") };
        await Expect.FailsAsync("FIELD_NOT_WRITABLE", sam.UpdateRecordAsync(new UpdateRecordRequest { Object = "machines", Record = change }, cancellationToken: Token));
        var said = await Expect.FailsAsync("FIELD_NOT_WRITABLE", sam.BatchCreateRecordsAsync(
            new BatchCreateRecordsRequest { Object = "machines", Records = { new Record { Name = "a" }, new Record { Name = "b", CustomFields = change.CustomFields } } }, cancellationToken: Token));
        Assert.Contains("records[1].customFields.price", said, StringComparison.Ordinal);
        await sam.UpdateRecordAsync(new UpdateRecordRequest { Object = "machines", Record = new Record { Id = press.Id, CustomFields = Struct.Parser.ParseJson("""{"power":6}""") } }, cancellationToken: Token);
        var kept = await records.RecordsOf(tenant).GetRecordAsync(new GetRecordRequest { Object = "machines", Id = press.Id }, cancellationToken: Token);
        Assert.Equal((100d, 6d), (kept.CustomFields.Fields["price"].NumberValue, kept.CustomFields.Fields["power"].NumberValue));
    }

    [Fact]
    public async Task An_explanation_names_the_object_and_knows_those_of_the_company_alone()
    {
        var tenant = records.CompanyWithMachines();
        var press = await records.CreateAsync(tenant, "Press");
        Person(tenant, Own("records.machine"));
        var access = new RecordsAccessService.RecordsAccessServiceClient(records.Grpc(TestTokens.ForPerson(tenant, _sam)));
        var general = await access.ExplainAccessAsync(new ExplainAccessRequest { Resource = "records.machine", Action = "read" }, cancellationToken: Token);
        Assert.Equal((false, true), (general.Allowed, general.Conditional));
        await Expect.FailsAsync("NOT_FOUND", access.ExplainAccessAsync(new ExplainAccessRequest { Resource = "records.machine", Action = "read", Id = press.Id }, cancellationToken: Token));
        await Expect.FailsAsync("INVALID_ARGUMENT", access.ExplainAccessAsync(new ExplainAccessRequest { Resource = "records.plane", Action = "read" }, cancellationToken: Token));
        var administrator = new RecordsAccessService.RecordsAccessServiceClient(records.GrpcFor(tenant, [.. RecordsFixture.All, "tenants.admin"]));
        var shared = await administrator.ShareRecordAsync(
            new ShareRecordRequest { Resource = "records.machine", Id = press.Id, Share = new Share { UserId = $"{_sam}", Level = ShareLevel.Read } }, cancellationToken: Token);
        Assert.Single(shared.Shares);
        var one = await access.ExplainAccessAsync(new ExplainAccessRequest { Resource = "records.machine", Action = "read", Id = press.Id }, cancellationToken: Token);
        Assert.Equal((true, AccessRule.Share), (one.Allowed, one.Rule));
    }

    private RecordsService.RecordsServiceClient Person(Guid tenant, params AccessPolicy[] policies)
    {
        records.Access.Set(tenant, new Platform.Tenants.V1.Access { UserId = $"{_sam}", Permissions = { RecordsFixture.All }, Policies = { policies } });
        return new RecordsService.RecordsServiceClient(records.Grpc(TestTokens.ForPerson(tenant, _sam)));
    }

    private static AccessPolicy Own(string resource) => new()
    {
        Id = "own",
        Name = "Own ones",
        Resource = resource,
        Specificity = PolicySpecificity.Role,
        Effect = PolicyEffect.Allow,
        Actions = { "read", "create", "update", "delete" },
        Filter = "owner_id = user.id",
    };
}
