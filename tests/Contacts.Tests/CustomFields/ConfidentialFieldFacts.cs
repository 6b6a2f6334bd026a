using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Contacts.Tests.CustomFields;

/// <summary>Who may see and write confidential values, and where they never are.</summary>
public sealed class ConfidentialFieldFacts : IClassFixture<ContactsFixture>
{
    private const string Iban = "DE89 3704 0044 0532 0130 00";
    private static readonly string[] Everything = ["contacts.read", "contacts.write", "contacts.import", "contacts.export", "metadata.confidential"];

    private readonly Guid _tenant = Guid.CreateVersion7();
    private readonly ContactsFixture _contacts;
    private readonly PeopleService.PeopleServiceClient _trusted;
    private readonly PeopleService.PeopleServiceClient _others;

    public ConfidentialFieldFacts(ContactsFixture contacts)
    {
        _contacts = contacts;
        (_trusted, _others) = (new(contacts.GrpcFor(_tenant, Everything)), contacts.People(_tenant));
        contacts.Fields.Set(
            _tenant,
            new Field { Resource = "contacts.person", Key = "iban", Type = FieldType.Confidential, Label = "IBAN" },
            new Field { Resource = "contacts.person", Key = "bank", Type = FieldType.Text, Label = "Bank" });
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_the_permission_sees_and_writes_it_and_others_see_its_end()
    {
        var person = await CreateAsync(_trusted, ("iban", Iban), ("bank", "Nord"));
        Assert.Equal(Iban, person.CustomFields.Fields["iban"].StringValue);
        var seen = await _others.GetPersonAsync(new GetPersonRequest { Id = person.Id }, cancellationToken: Token);
        Assert.Equal(("••••••00", "Nord"), (seen.CustomFields.Fields["iban"].StringValue, seen.CustomFields.Fields["bank"].StringValue));

        // What is changed without seeing it is left as it is; what would replace all custom fields is refused.
        await UpdateAsync(_others, person.Id, null, ("bank", "West"));
        await RefusedAsync("FIELD_NOT_WRITABLE", () => UpdateAsync(_others, person.Id, "custom_fields", ("bank", "Süd")));
        var kept = await _trusted.GetPersonAsync(new GetPersonRequest { Id = person.Id }, cancellationToken: Token);
        Assert.Equal((Iban, "West"), (kept.CustomFields.Fields["iban"].StringValue, kept.CustomFields.Fields["bank"].StringValue));
    }

    [Fact]
    public async Task Who_may_not_see_it_neither_writes_nor_looks_for_it()
    {
        var person = await CreateAsync(_trusted, ("iban", Iban));
        await RefusedAsync("FIELD_NOT_WRITABLE", () => CreateAsync(_others, ("iban", "x")));
        await RefusedAsync("FIELD_NOT_WRITABLE", () => UpdateAsync(_others, person.Id, null, ("iban", "••••••00")));
        await RefusedAsync("FIELD_NOT_READABLE", () => ListAsync(_others, $"custom_fields.iban = \"{Iban}\""));
        Assert.Equal(person.Id, Assert.Single((await ListAsync(_trusted, $"custom_fields.iban = \"{Iban}\"")).People).Id);
    }

    [Fact]
    public async Task Neither_the_audit_log_nor_events_have_it()
    {
        var person = await CreateAsync(_trusted, ("iban", Iban), ("bank", "Nord"));
        await UpdateAsync(_trusted, person.Id, null, ("iban", "DE02 1203 0000 0000 2020 51"));
        await _trusted.DeletePersonAsync(new DeletePersonRequest { Id = person.Id }, cancellationToken: Token);
        var entries = await _contacts.Database.QueryAsync<string>($"SELECT string_agg(concat(before, after), ' ' ORDER BY time) FROM audit_entries WHERE resource_id = '{person.Id}'");
        Assert.Contains("***", entries, StringComparison.Ordinal);
        Assert.Contains("Nord", entries, StringComparison.Ordinal);
        Assert.DoesNotContain("DE", entries, StringComparison.Ordinal);
        var events = await _contacts.Database.QueryAsync<string>($"SELECT string_agg(data::text, ' ') FROM outbox_messages WHERE aggregate_id = '{person.Id}'");
        Assert.Contains("Nord", events, StringComparison.Ordinal);
        Assert.DoesNotContain("iban", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_log_tells_which_of_them_was_changed()
    {
        var person = await CreateAsync(_trusted, ("iban", Iban), ("bank", "Nord"));
        await UpdateAsync(_trusted, person.Id, null, ("bank", "West"));
        await UpdateAsync(_trusted, person.Id, null, ("iban", "DE02 1203 0000 0000 2020 51"));
        var told = await _contacts.Database.QueryAsync<string>($"""
            SELECT string_agg(concat(before->'customFields'->>'iban', ' > ', after->'customFields'->>'iban'), ', ' ORDER BY id)
            FROM audit_entries WHERE resource_id = '{person.Id}' AND action = 'update'
            """);
        Assert.Equal("*** > ***, *** > *** changed", told);
    }

    [Fact]
    public async Task An_export_masks_it()
    {
        await CreateAsync(_trusted, ("iban", Iban));
        Assert.Contains("••••••00", await ExportAsync("contacts.read", "contacts.export"), StringComparison.Ordinal);
        Assert.Contains(Iban, await ExportAsync(Everything), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_of_who_may_not_see_it_has_no_such_column()
    {
        using var file = new StringContent("Last name,bank,iban\nDoe,Nord,DE89\n", System.Text.Encoding.UTF8, "text/csv");
        using var rest = _contacts.Rest(_tenant);
        using var answer = await rest.PostAsync(new Uri("/api/v1/contacts/imports", UriKind.Relative), file, Token);
        var summary = ImportSummary.Parser.ParseJson(await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal((1, 0), ((int)summary.PeopleCreated, (int)summary.RowsRejected));
        var person = Assert.Single((await ListAsync(_trusted, "custom_fields.bank = Nord")).People);
        Assert.False(person.CustomFields.Fields.ContainsKey("iban"));
    }

    [Fact]
    public async Task A_field_is_required_only_where_its_condition_holds()
    {
        _contacts.Fields.Set(
            _tenant,
            new Field { Resource = "contacts.person", Key = "kind", Type = FieldType.Text, Label = "Kind" },
            new Field { Resource = "contacts.person", Key = "branch", Type = FieldType.Text, Label = "Branch", Required = true, VisibleWhen = "custom_fields.kind = retail AND last_name : \"D\"" });
        await CreateAsync(_others, ("kind", "wholesale"));
        await CreateAsync(_others, ("kind", "retail"), ("branch", "Nord"));
        var refused = (await Assert.ThrowsAsync<RpcException>(() => CreateAsync(_others, ("kind", "retail")))).GetRpcStatus()!;
        Assert.Equal("person.customFields.branch", Assert.Single(refused.GetDetail<Google.Rpc.BadRequest>().FieldViolations).Field);
    }

    private async Task<string> ExportAsync(params string[] permissions)
    {
        using var rest = _contacts.RestFor(_tenant, permissions);
        return await rest.GetStringAsync(new Uri("/api/v1/contacts/people:export", UriKind.Relative), Token);
    }

    private static async Task<ListPeopleResponse> ListAsync(PeopleService.PeopleServiceClient people, string filter) =>
        await people.ListPeopleAsync(new ListPeopleRequest { Filter = filter }, cancellationToken: Token);

    private static async Task<Person> CreateAsync(PeopleService.PeopleServiceClient people, params (string Key, string Value)[] values) =>
        await people.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Doe", CustomFields = Of(values) } }, cancellationToken: Token);

    private static async Task UpdateAsync(PeopleService.PeopleServiceClient people, string id, string? mask, params (string Key, string Value)[] values) =>
        await people.UpdatePersonAsync(
            new UpdatePersonRequest { Person = new Person { Id = id, CustomFields = Of(values) }, UpdateMask = mask is null ? null : new FieldMask { Paths = { mask } } }, cancellationToken: Token);

    private static Struct Of((string Key, string Value)[] values)
    {
        var fields = new Struct();
        foreach (var (key, value) in values)
            fields.Fields[key] = Value.ForString(value);
        return fields;
    }

    private static async Task RefusedAsync(string reason, Func<Task> call) =>
        Assert.Equal(reason, (await Assert.ThrowsAsync<RpcException>(call)).GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>().Reason);
}
