using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Metadata.Tests.Fields;

public sealed class FieldFacts(MetadataFixture metadata) : IClassFixture<MetadataFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FieldsService.FieldsServiceClient Client => metadata.FieldsOf(_tenant);

    [Fact]
    public async Task A_field_is_made_over_rest_and_found_with_all_that_was_said_of_it()
    {
        using var rest = metadata.RestFor(_tenant, MetadataFixture.All);
        using var made = await rest.PostAsJsonAsync(new Uri("/api/v1/metadata/fields", UriKind.Relative), new
        {
            resource = "contacts.person",
            key = "shoe_size",
            type = "FIELD_TYPE_NUMBER",
            label = "Shoe size",
            labelTranslations = new { ru = "Размер обуви" },
            minimum = "10",
            maximum = "60",
            defaultValue = 42,
            required = true,
        }, Token);
        var text = await made.Content.ReadAsStringAsync(Token);
        Assert.True(made.IsSuccessStatusCode, text);
        var field = Field.Parser.ParseJson(text);
        Assert.Equal(("contacts.person", "shoe_size", FieldType.Number, "Размер обуви", 42d), (field.Resource, field.Key, field.Type, field.LabelTranslations["ru"], field.DefaultValue.NumberValue));
        var listed = await Client.ListFieldsAsync(new ListFieldsRequest { Resource = "contacts.person" }, cancellationToken: Token);
        Assert.Equal([field], listed.Fields);
        Assert.Equal(field, await Client.GetFieldAsync(new GetFieldRequest { Id = field.Id }, cancellationToken: Token));
        Assert.Equal(1, listed.SchemaVersion);
    }

    [Fact]
    public async Task Every_change_raises_the_version_is_announced_and_is_in_the_audit_log()
    {
        var field = await CreateAsync(new Field { Key = "note", Type = FieldType.Text, Label = "Note" });
        var changed = await Client.UpdateFieldAsync(new UpdateFieldRequest { Field = new Field { Id = field.Id, Label = "Remark" } }, cancellationToken: Token);
        Assert.NotEqual(field.Etag, changed.Etag);
        Assert.Equal(("Remark", "note", FieldType.Text), (changed.Label, changed.Key, changed.Type));
        Assert.Equal(2, await VersionAsync());
        Assert.Equal(2, await metadata.EventsAsync(_tenant));
        var history = await metadata.GrpcFor(_tenant, AuditHistory.Permission).HistoryAsync("metadata.custom_field", field.Id, atLeast: 2);
        Assert.Equal(["create", "update"], history.Select(entry => entry.Action));
        Assert.Equal("Remark", history[1].After.Fields["definition"].StructValue.Fields["label"].StringValue);
    }

    [Fact]
    public async Task A_deleted_field_is_gone_from_the_schema_and_comes_back_as_it_was()
    {
        var field = await CreateAsync(new Field { Key = "region", Type = FieldType.SingleChoice, Label = "Region", Choices = { new Choice { Key = "north", Label = "North" } } });
        var deleted = await Client.DeleteFieldAsync(new DeleteFieldRequest { Id = field.Id }, cancellationToken: Token);
        Assert.Equal(TimeSpan.FromDays(30), deleted.PurgeTime.ToDateTimeOffset() - deleted.DeleteTime.ToDateTimeOffset());
        Assert.Empty((await SchemaAsync()).Fields);
        Assert.Empty((await Client.ListFieldsAsync(new ListFieldsRequest(), cancellationToken: Token)).Fields);
        Assert.Single((await Client.ListFieldsAsync(new ListFieldsRequest { ShowDeleted = true }, cancellationToken: Token)).Fields);
        await RefusedAsync("FIELD_DELETED", () => CreateAsync(new Field { Key = "region", Type = FieldType.Text, Label = "Region" }));
        await RefusedAsync("FIELD_IS_DELETED", async () => await Client.UpdateFieldAsync(new UpdateFieldRequest { Field = new Field { Id = field.Id, Label = "R" } }, cancellationToken: Token));
        var restored = await Client.UndeleteFieldAsync(new UndeleteFieldRequest { Id = field.Id }, cancellationToken: Token);
        Assert.Equal((field.Key, field.Choices, null), (restored.Key, restored.Choices, restored.PurgeTime));
        Assert.Single((await SchemaAsync()).Fields);
        await RefusedAsync("FIELD_NOT_DELETED", async () => await Client.UndeleteFieldAsync(new UndeleteFieldRequest { Id = field.Id }, cancellationToken: Token));
    }

    [Fact]
    public async Task After_the_grace_period_the_field_is_purged_and_its_key_is_free()
    {
        var field = await CreateAsync(new Field { Key = "once", Type = FieldType.Text, Label = "Once" });
        await Client.DeleteFieldAsync(new DeleteFieldRequest { Id = field.Id }, cancellationToken: Token);
        await metadata.Database.ExecuteAsync($"UPDATE field_purges SET due_time = now() WHERE tenant_id = '{_tenant}'");
        await Eventually.HoldsAsync(async () => (await Client.ListFieldsAsync(new ListFieldsRequest { ShowDeleted = true }, cancellationToken: Token)).Fields.Count == 0);
        Assert.Equal(1, await metadata.Database.QueryAsync<long>(
            $"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{_tenant}' AND (data::jsonb ->> 'purged')::boolean"));
        Assert.Equal("once", (await CreateAsync(new Field { Key = "once", Type = FieldType.Date, Label = "Once" })).Key);
    }

    [Theory]
    [InlineData("""{"key":"Bad Key","type":"FIELD_TYPE_TEXT","label":"x"}""", "field.key")]
    [InlineData("""{"key":"a","label":"x"}""", "field.type")]
    [InlineData("""{"key":"a","type":"FIELD_TYPE_TEXT"}""", "field.label")]
    [InlineData("""{"resource":"contacts.nothing","key":"a","type":"FIELD_TYPE_TEXT","label":"x"}""", "field.resource")]
    [InlineData("""{"key":"a","type":"FIELD_TYPE_SINGLE_CHOICE","label":"x"}""", "field.choices")]
    [InlineData("""{"key":"a","type":"FIELD_TYPE_SINGLE_CHOICE","label":"x","choices":[{"key":"b","label":"b"},{"key":"b","label":"c"}]}""", "field.choices")]
    [InlineData("""{"key":"a","type":"FIELD_TYPE_TEXT","label":"x","pattern":"(?=a)b"}""", "field.pattern")]
    [InlineData("""{"key":"a","type":"FIELD_TYPE_TEXT","label":"x","pattern":"("}""", "field.pattern")]
    [InlineData("""{"key":"a","type":"FIELD_TYPE_NUMBER","label":"x","minimum":"9","maximum":"1"}""", "field.maximum")]
    [InlineData("""{"key":"a","type":"FIELD_TYPE_DATE","label":"x","minimum":"yesterday"}""", "field.minimum")]
    [InlineData("""{"key":"a","type":"FIELD_TYPE_NUMBER","label":"x","defaultValue":"many"}""", "field.defaultValue")]
    [InlineData("""{"key":"a","type":"FIELD_TYPE_BOOLEAN","label":"x","unique":true}""", "field.unique")]
    [InlineData("""{"key":"a","type":"FIELD_TYPE_RELATION","label":"x"}""", "field.relatedResource")]
    [InlineData("""{"key":"a","type":"FIELD_TYPE_CONFIDENTIAL","label":"x","unique":true}""", "field.unique")]
    [InlineData("""{"key":"a","type":"FIELD_TYPE_CONFIDENTIAL","label":"x","searchable":true}""", "field.searchable")]
    [InlineData("""{"key":"a","type":"FIELD_TYPE_CONFIDENTIAL","label":"x","required":true}""", "field.required")]
    [InlineData("""{"key":"a","type":"FIELD_TYPE_CONFIDENTIAL","label":"x","defaultValue":"y"}""", "field.defaultValue")]
    [InlineData("""{"key":"a","type":"FIELD_TYPE_TEXT","label":"x","visibleWhen":"last_nam = x"}""", "field.visibleWhen")]
    [InlineData("""{"key":"a","type":"FIELD_TYPE_TEXT","label":"x","visibleWhen":"last_name = (x"}""", "field.visibleWhen")]
    public async Task What_is_wrong_is_named(string json, string named)
    {
        using var rest = metadata.RestFor(_tenant, MetadataFixture.All);
        var body = json.Contains("resource", StringComparison.Ordinal) ? json : json.Insert(1, "\"resource\":\"deals.deal\",");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var refused = await rest.PostAsync(new Uri("/api/v1/metadata/fields", UriKind.Relative), content, Token);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(problem.GetProperty("errors").EnumerateArray(), error => error.GetProperty("field").GetString() == named);
        Assert.Empty((await Client.ListFieldsAsync(new ListFieldsRequest(), cancellationToken: Token)).Fields);
        Assert.Equal(0, await VersionAsync());
    }

    [Fact]
    public async Task Key_type_and_resource_never_change()
    {
        var field = await CreateAsync(new Field { Key = "fixed", Type = FieldType.Text, Label = "Fixed" });
        foreach (var change in new[] { new Field { Key = "moved" }, new Field { Type = FieldType.LongText }, new Field { Resource = "contacts.lead" } })
        {
            change.Id = field.Id;
            await RefusedAsync("INVALID_ARGUMENT", async () => await Client.UpdateFieldAsync(new UpdateFieldRequest { Field = change }, cancellationToken: Token));
        }
    }

    [Fact]
    public async Task Another_company_sees_nothing_and_a_reader_changes_nothing()
    {
        var field = await CreateAsync(new Field { Key = "mine", Type = FieldType.Text, Label = "Mine" });
        var other = metadata.FieldsOf(Guid.CreateVersion7());
        Assert.Empty((await other.ListFieldsAsync(new ListFieldsRequest(), cancellationToken: Token)).Fields);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await other.GetFieldAsync(new GetFieldRequest { Id = field.Id }, cancellationToken: Token))).StatusCode);
        var reader = new FieldsService.FieldsServiceClient(metadata.GrpcFor(_tenant, "metadata.read"));
        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(async () => await reader.DeleteFieldAsync(new DeleteFieldRequest { Id = field.Id }, cancellationToken: Token))).StatusCode);
    }

    [Fact]
    public async Task Sixteen_writers_each_get_a_version_of_their_own()
    {
        var versions = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
            await CreateAsync(new Field { Key = $"field_{i}", Type = FieldType.Text, Label = $"{i}" })));
        Assert.Equal(16, versions.Length);
        Assert.Equal(16, await VersionAsync());
        Assert.Equal(16, (await SchemaAsync()).Fields.Count);
    }

    private async Task<Field> CreateAsync(Field field)
    {
        field.Resource = field.Resource.Length == 0 ? "contacts.person" : field.Resource;
        return await Client.CreateFieldAsync(new CreateFieldRequest { Field = field }, cancellationToken: Token);
    }

    private async Task<Schema> SchemaAsync() =>
        await metadata.ResourcesOf(_tenant).GetSchemaAsync(new GetSchemaRequest { Resources = { "contacts.person" } }, cancellationToken: Token);

    private async Task<long> VersionAsync() => (await SchemaAsync()).Version;

    private static async Task RefusedAsync(string code, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(code, refused.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>().Reason);
    }
}
