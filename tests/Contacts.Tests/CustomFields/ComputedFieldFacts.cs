using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contacts.V1;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;
using Person = Platform.Contacts.V1.Person;

namespace Contacts.Tests.CustomFields;

/// <summary>Auto-numbers and formulas: what the platform sets in a record itself.</summary>
public sealed class ComputedFieldFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly string[] Everything = ["contacts.read", "contacts.write"];

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeopleService.PeopleServiceClient People => contacts.People(_tenant);

    [Fact]
    public async Task Numbers_follow_each_other_without_a_gap_however_many_records_are_made_at_once()
    {
        await DefineAsync(Number("T-{yyyy}-{000}"), Of("mail", FieldType.Text, unique: true));
        var year = (await CreateAsync("""{"mail":"taken"}""")).CreateTime.ToDateTime().Year;
        var made = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => OutcomeAsync(() => CreateAsync(i % 3 == 0 ? """{"mail":"taken"}""" : "{}"))));
        Assert.Equal(4, made.Count(person => person is null));
        Assert.Equal(Enumerable.Range(2, 8).Select(i => $"T-{year}-{i:000}"), made.Where(person => person is not null).Select(person => person!.CustomFields.Fields["number"].StringValue).Order());
    }

    [Fact]
    public async Task A_number_never_changes_is_found_and_is_in_the_event()
    {
        await DefineAsync(Number("No. {0}"));
        var person = await CreateAsync("{}");
        Assert.Equal("No. 1", person.CustomFields.Fields["number"].StringValue);
        Assert.Contains("No. 1", await EventAsync(person.Id), StringComparison.Ordinal);
        await RefusedAsync("person.customFields.number", () => CreateAsync("""{"number":"No. 9"}"""));
        await RefusedAsync("person.customFields.number", () => UpdateAsync(person.Id, """{"number":"No. 9"}"""));
        var same = await People.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person(person) { LastName = "Renamed" }, UpdateMask = new FieldMask { Paths = { "last_name", "custom_fields" } } }, cancellationToken: Token);
        Assert.Equal(("Renamed", "No. 1"), (same.LastName, same.CustomFields.Fields["number"].StringValue));
        Assert.Equal([person.Id], await IdsAsync("custom_fields.number = \"No. 1\"", ""));
    }

    [Fact]
    public async Task Records_from_before_get_numbers_in_the_order_in_which_they_were_made()
    {
        var people = new List<string>();
        for (var i = 0; i < 5; i++)
            people.Add((await CreateAsync("{}")).Id);
        await DefineAsync(Number("{000}"));
        await Eventually.HoldsAsync(async () => (await IdsAsync("custom_fields.number:*", "")).Count == 5);
        Assert.Equal(people, await IdsAsync("", "custom_fields.number"));
        Assert.Equal("006", (await CreateAsync("{}")).CustomFields.Fields["number"].StringValue);
    }

    [Fact]
    public async Task An_import_numbers_and_computes_each_of_its_rows()
    {
        await DefineAsync(Number("{000}"), Of("size", FieldType.Number), Formula("twice", "custom_fields.size * 2"));
        using var rest = contacts.Rest(_tenant);
        using var file = new StringContent("Last name,size,number,twice\nA,1,900,9\nB,2,901,9\n", System.Text.Encoding.UTF8, "text/csv");
        using var answer = await rest.PostAsync(new Uri("/api/v1/contacts/imports", UriKind.Relative), file, Token);
        var summary = ImportSummary.Parser.ParseJson(await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal(["number", "twice"], summary.IgnoredColumns.Order());
        var listed = await People.ListPeopleAsync(new ListPeopleRequest { OrderBy = "custom_fields.number" }, cancellationToken: Token);
        Assert.Equal([("A", "001", "2"), ("B", "002", "4")], listed.People.Select(person => (person.LastName, person.CustomFields.Fields["number"].StringValue, person.CustomFields.Fields["twice"].StringValue)));
    }

    [Fact]
    public async Task A_formula_is_computed_with_every_write_and_is_filtered_and_sorted_by()
    {
        await DefineAsync(Of("size", FieldType.Number), Formula("twice", "custom_fields.size * 2"), Formula("title", "concat(upper(last_name), \" \", text(custom_fields.twice))", FieldType.Text), Formula("share", "100 / custom_fields.size"));
        var person = await CreateAsync("""{"size":5}""");
        Assert.Equal(("10", "DOE 10", "20"), (Text(person, "twice"), Text(person, "title"), Text(person, "share")));
        Assert.Equal(person.CustomFields, (await GetAsync(person.Id)).CustomFields);
        Assert.Contains("\"DOE 10\"", await EventAsync(person.Id), StringComparison.Ordinal);
        Assert.DoesNotContain("@", await EventAsync(person.Id), StringComparison.Ordinal);
        var renamed = await People.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = person.Id, LastName = "Roe" } }, cancellationToken: Token);
        Assert.Equal("ROE 10", Text(renamed, "title"));
        var none = await UpdateAsync(person.Id, """{"size":0}""");
        Assert.Equal(("0", "DIVISION_BY_ZERO"), (Text(none, "twice"), none.CustomFields.Fields["$reasons"].StructValue.Fields["share"].StringValue));
        var other = await CreateAsync("""{"size":7}""");
        Assert.Equal([other.Id], await IdsAsync("custom_fields.twice > 9.5", ""));
        Assert.Equal([other.Id, person.Id], await IdsAsync("", "custom_fields.twice desc"));
        Assert.Equal([person.Id], await IdsAsync("custom_fields.share = null", ""));
        await RefusedAsync("person.customFields.twice", () => UpdateAsync(person.Id, """{"twice":"11"}"""));
    }

    [Fact]
    public async Task When_a_formula_changes_values_are_pending_until_they_are_computed_and_never_those_of_before()
    {
        await DefineAsync(Of("size", FieldType.Number), Formula("twice", "custom_fields.size * 2"));
        var people = new List<Person>();
        for (var i = 1; i <= 5; i++)
            people.Add(await CreateAsync($$"""{"size":{{i}}}"""));
        // Known here, and not computed yet: nobody has told the indexer, and it has nothing left to look at.
        await contacts.Database.ExecuteAsync($"DELETE FROM custom_field_indexes WHERE tenant_id = '{_tenant}' AND field_key = '#'");
        var version = contacts.Fields.Set(_tenant, Of("size", FieldType.Number), Formula("twice", "custom_fields.size * 20"));
        await contacts.Services.GetRequiredService<CustomFieldDirectory>().SpreadAsync(_tenant, version, Token);
        await Eventually.HoldsAsync(async () => (await GetAsync(people[0].Id)).CustomFields.Fields.ContainsKey("$pending"));
        var pending = await GetAsync(people[0].Id);
        Assert.Equal("twice", Assert.Single(pending.CustomFields.Fields["$pending"].ListValue.Values).StringValue);
        Assert.False(pending.CustomFields.Fields.ContainsKey("twice"));
        Assert.Empty(await IdsAsync("custom_fields.twice:* OR custom_fields.twice < 1000", ""));
        Assert.Equal("20", Text(await UpdateAsync(people[0].Id, """{"size":1}"""), "twice"));
        await contacts.DeliverAsync(_tenant, new FieldsChanged { Version = version, Field = Formula("twice", "custom_fields.size * 20") });
        await Eventually.HoldsAsync(async () => (await IdsAsync("custom_fields.twice:*", "")).Count == 5);
        Assert.Equal(people.Select(person => person.Id), await IdsAsync("", "custom_fields.twice"));
        var computed = await GetAsync(people[4].Id);
        Assert.Equal(("100", people[4].UpdateTime), (Text(computed, "twice"), computed.UpdateTime));
    }

    [Fact]
    public async Task A_searchable_formula_is_found_by_its_index_before_and_after_it_changes()
    {
        var formula = new Field(Formula("twice", "custom_fields.size * 2")) { Searchable = true };
        await DefineAsync(Of("size", FieldType.Number), formula);
        for (var i = 1; i <= 3; i++)
            await CreateAsync($$"""{"size":{{i}}}""");
        await IndexedAsync();
        Assert.Single(await IdsAsync("custom_fields.twice >= 6", ""));
        await DefineAsync(Of("size", FieldType.Number), new Field(formula) { Formula = "custom_fields.size * 3" });
        await IndexedAsync();
        Assert.Equal(2, (await IdsAsync("custom_fields.twice >= 6", "custom_fields.twice")).Count);
        Assert.Equal(["3", "6", "9"], (await People.ListPeopleAsync(new ListPeopleRequest { OrderBy = "custom_fields.twice" }, cancellationToken: Token)).People.Select(person => Text(person, "twice")));

        Task IndexedAsync() => Eventually.HoldsAsync(async () =>
            await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM custom_field_indexes WHERE tenant_id = '{_tenant}' AND state = 'Ready' AND field_key LIKE 'twice@%'") == 1
            && await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM custom_field_values AS kept JOIN custom_field_indexes USING (tenant_id, resource, field_key) WHERE kept.tenant_id = '{_tenant}' AND state = 'Ready'") == 3);
    }

    [Fact]
    public async Task A_formula_does_not_tell_what_is_hidden()
    {
        await DefineAsync(Of("salary", FieldType.Number), Of("size", FieldType.Number), Formula("monthly", "custom_fields.salary / 12"), Formula("hint", "custom_fields.monthly > 5", FieldType.Boolean), Formula("twice", "custom_fields.size * 2"));
        var person = await CreateAsync("""{"salary":120,"size":4}""");
        var user = Guid.CreateVersion7();
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{user}",
            Permissions = { Everything },
            Policies = { new AccessPolicy { Id = $"{user}", Name = "No salaries", Resource = "contacts.person", FieldRules = { new FieldRule { Path = "custom_fields.salary", Access = FieldAccess.Hidden } } } },
        });
        var restricted = new PeopleService.PeopleServiceClient(contacts.Grpc(TestTokens.ForPerson(_tenant, user)));
        Assert.Equal(["size", "twice"], (await restricted.GetPersonAsync(new GetPersonRequest { Id = person.Id }, cancellationToken: Token)).CustomFields.Fields.Keys.Order());
        foreach (var filter in (string[])["custom_fields.monthly > 5", "custom_fields.hint"])
            await RefusedAsync("FIELD_NOT_READABLE", async () => await restricted.ListPeopleAsync(new ListPeopleRequest { Filter = filter }, cancellationToken: Token));
        await RefusedAsync("FIELD_NOT_READABLE", async () => await restricted.ListPeopleAsync(new ListPeopleRequest { OrderBy = "custom_fields.hint" }, cancellationToken: Token));
        var changed = await restricted.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = person.Id, CustomFields = Struct.Parser.ParseJson("""{"size":5}""") } }, cancellationToken: Token);
        Assert.Equal("10", Text(changed, "twice"));
        var whole = await GetAsync(person.Id);
        Assert.Equal(("10", true), (Text(whole, "monthly"), whole.CustomFields.Fields["hint"].BoolValue));
    }

    [Fact]
    public async Task A_formula_that_was_deleted_comes_back_without_the_values_of_before()
    {
        var (size, twice) = (Of("size", FieldType.Number), Formula("twice", "custom_fields.size * 2"));
        await DefineAsync(size, twice);
        var person = await CreateAsync("""{"size":5}""");
        await DefineAsync(size);
        await contacts.DeliverAsync(_tenant, new FieldsChanged { Version = contacts.Fields.Set(_tenant, size), Field = twice });
        await Eventually.HoldsAsync(async () => !(await UpdateAsync(person.Id, """{"size":6}""")).CustomFields.Fields.ContainsKey("twice"));
        await DefineAsync(size, twice);
        await Eventually.HoldsAsync(async () => (await GetAsync(person.Id)).CustomFields.Fields.GetValueOrDefault("twice")?.StringValue == "12");
    }

    [Fact]
    public async Task A_policy_decides_on_the_values_that_are_saved()
    {
        await DefineAsync(Of("size", FieldType.Number), Formula("twice", "custom_fields.size * 2"));
        var user = Guid.CreateVersion7();
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{user}",
            Permissions = { Everything },
            Policies =
            {
                new AccessPolicy { Id = $"{user}", Name = "Nothing large", Resource = "contacts.person", Effect = PolicyEffect.Deny, Actions = { "create", "update" }, Filter = "custom_fields.twice > 10" },
                new AccessPolicy { Id = $"{Guid.CreateVersion7()}", Name = "No custom fields", Resource = "contacts.person", FieldRules = { new FieldRule { Path = "custom_fields", Access = FieldAccess.ReadOnly } } },
            },
        });
        var restricted = new PeopleService.PeopleServiceClient(contacts.Grpc(TestTokens.ForPerson(_tenant, user)));
        var person = await CreateAsync("""{"size":5}""");
        Assert.Equal("Roe", (await restricted.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = person.Id, LastName = "Roe" } }, cancellationToken: Token)).LastName);
        // Computed for the first time by somebody who may not write custom fields.
        await DefineAsync(Of("size", FieldType.Number), Formula("twice", "custom_fields.size * 3 + len(last_name) * 0"));
        await RefusedAsync("DENIED_BY_POLICY", async () => await restricted.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = person.Id, LastName = "Poe" } }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_purged_formula_leaves_no_values()
    {
        await DefineAsync(Of("size", FieldType.Number), Formula("twice", "custom_fields.size * 2"), Number("{000}"));
        var person = await CreateAsync("""{"size":5}""");
        var version = contacts.Fields.Set(_tenant, Of("size", FieldType.Number));
        foreach (var field in (Field[])[Formula("twice", "custom_fields.size * 2"), Number("{000}")])
            Assert.Equal("SUCCESS", await contacts.DeliverAsync(_tenant, new FieldsChanged { Version = version, Field = field, Purged = true }));
        await Eventually.HoldsAsync(async () => await contacts.Database.QueryAsync<string>($"SELECT custom_fields::text FROM people WHERE id = '{person.Id}'") == """{"size": 5}""");
        await Eventually.HoldsAsync(async () => await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM custom_field_values WHERE tenant_id = '{_tenant}'") == 0);
    }

    private static Field Of(string key, FieldType type, bool unique = false) => new() { Resource = "contacts.person", Key = key, Type = type, Label = key, Unique = unique };

    private static Field Number(string pattern) => new(Of("number", FieldType.AutoNumber, unique: true)) { NumberPattern = pattern };

    private static Field Formula(string key, string formula, FieldType result = FieldType.Decimal) => new(Of(key, FieldType.Formula)) { Formula = formula, ResultType = result };

    private static string Text(Person person, string key) => person.CustomFields.Fields[key].StringValue;

    private async Task DefineAsync(params Field[] fields)
    {
        var version = contacts.Fields.Set(_tenant, fields);
        foreach (var field in fields)
            Assert.Equal("SUCCESS", await contacts.DeliverAsync(_tenant, new FieldsChanged { Version = version, Field = field }));
    }

    private async Task<Person> CreateAsync(string json) =>
        await People.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Doe", CustomFields = Struct.Parser.ParseJson(json) } }, cancellationToken: Token);

    private async Task<Person> UpdateAsync(string id, string json) =>
        await People.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = id, CustomFields = Struct.Parser.ParseJson(json) } }, cancellationToken: Token);

    private async Task<Person> GetAsync(string id) => await People.GetPersonAsync(new GetPersonRequest { Id = id }, cancellationToken: Token);

    private async Task<List<string>> IdsAsync(string filter, string order) =>
        [.. (await People.ListPeopleAsync(new ListPeopleRequest { Filter = filter, OrderBy = order }, cancellationToken: Token)).People.Select(person => person.Id)];

    private Task<string> EventAsync(string id) =>
        contacts.Database.QueryAsync<string>($"SELECT data::text FROM outbox_messages WHERE aggregate_id = '{id}' ORDER BY id DESC LIMIT 1")!;

    private static async Task<Person?> OutcomeAsync(Func<Task<Person>> call)
    {
        try
        {
            return await call();
        }
        catch (RpcException)
        {
            return null;
        }
    }

    private static async Task RefusedAsync(string reason, Func<Task> call)
    {
        var refused = (await Assert.ThrowsAsync<RpcException>(call)).GetRpcStatus()!;
        Assert.Contains(reason, $"{refused.GetDetail<Google.Rpc.ErrorInfo>().Reason} {refused.GetDetail<Google.Rpc.BadRequest>()?.FieldViolations[0].Field}", StringComparison.Ordinal);
    }
}
