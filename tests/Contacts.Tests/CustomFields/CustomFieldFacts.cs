using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.Caching;
using Platform.Contacts.V1;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Tenancy;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Contacts.Tests.CustomFields;

public sealed class CustomFieldFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly string[] Everything = ["contacts.read", "contacts.write"];
    private static readonly string[] Regions = ["north", "south"];

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeopleService.PeopleServiceClient People => contacts.People(_tenant);

    [Theory]
    [InlineData(FieldType.Text, "\" line \"", "\"line\"", "\"two\\nlines\"")]
    [InlineData(FieldType.LongText, "\"two\\nlines\"", "\"two\\nlines\"", "5")]
    [InlineData(FieldType.Number, "42", "42", "4.5")]
    [InlineData(FieldType.Decimal, "12.50", "\"12.5\"", "\"1e5\"")]
    [InlineData(FieldType.Decimal, "\"012.500\"", "\"12.5\"", "true")]
    [InlineData(FieldType.Money, """{"amount":"12.5","currency":"EUR"}""", """{"amount":"12.50","currency":"EUR"}""", """{"amount":"12.505","currency":"EUR"}""")]
    [InlineData(FieldType.Date, "\"2026-05-31\"", "\"2026-05-31\"", "\"2026-02-30\"")]
    [InlineData(FieldType.Instant, "\"2026-05-31T18:00:00+02:00\"", "\"2026-05-31T16:00:00.000000Z\"", "\"2026-05-31\"")]
    [InlineData(FieldType.Boolean, "false", "false", "\"false\"")]
    [InlineData(FieldType.SingleChoice, "\"north\"", "\"north\"", "\"nord\"")]
    [InlineData(FieldType.MultipleChoice, """["south","north","south"]""", """["north","south"]""", "\"north\"")]
    [InlineData(FieldType.Email, "\"a@b.example\"", "\"a@b.example\"", "\"a\"")]
    [InlineData(FieldType.Phone, "\"+49 30 1234567\"", "\"+49 30 1234567\"", "\"call me\"")]
    [InlineData(FieldType.Url, "\"https://company.example/x\"", "\"https://company.example/x\"", "\"javascript:alert(1)\"")]
    [InlineData(FieldType.User, "\"0190AC3E-0000-7000-8000-000000000001\"", "\"0190ac3e-0000-7000-8000-000000000001\"", "\"Sam\"")]
    public async Task A_value_of_each_type_is_kept_in_one_form_and_a_wrong_one_is_named(FieldType type, string sent, string kept, string wrong)
    {
        contacts.Fields.Set(_tenant, Of("value", type));
        var person = await CreateAsync(("value", sent));
        Assert.Equal(Value.Parser.ParseJson(kept), (await GetAsync(person.Id)).CustomFields.Fields["value"]);
        await RefusedAsync("person.customFields.value", () => CreateAsync(("value", wrong)));
        await RefusedAsync("person.customFields.value", () => UpdateAsync(person.Id, ("value", wrong)));
    }

    [Fact]
    public async Task Unknown_keys_missing_values_and_what_breaks_a_rule_are_named_all_at_once()
    {
        var size = Of("size", FieldType.Number);
        (size.Minimum, size.Maximum) = ("10", "60");
        var code = Of("code", FieldType.Text);
        (code.Pattern, code.Required) = ("[A-Z]{2}-[0-9]+", true);
        contacts.Fields.Set(_tenant, size, code, Of("region", FieldType.SingleChoice));
        var refused = await Assert.ThrowsAsync<RpcException>(() => CreateAsync(("size", "61"), ("sise", "5"), ("region", "\"nort\"")));
        var violations = refused.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>().FieldViolations.ToDictionary(violation => violation.Field, violation => violation.Description);
        Assert.Equal(["person.customFields.code", "person.customFields.region", "person.customFields.sise", "person.customFields.size"], violations.Keys.Order());
        Assert.Contains("Did you mean 'size'?", violations["person.customFields.sise"], StringComparison.Ordinal);
        Assert.Contains("Did you mean 'north'?", violations["person.customFields.region"], StringComparison.Ordinal);
        Assert.Equal("Use 60 or less.", violations["person.customFields.size"]);
        await RefusedAsync("person.customFields.code", () => CreateAsync(("code", "\"ab-1\"")));
        Assert.Equal("AB-1", (await CreateAsync(("code", "\"AB-1\""))).CustomFields.Fields["code"].StringValue);
    }

    [Fact]
    public async Task A_change_takes_the_keys_that_it_names_and_null_removes()
    {
        contacts.Fields.Set(_tenant, Of("a", FieldType.Text), Of("b", FieldType.Text), Of("c", FieldType.Text));
        var person = await CreateAsync(("a", "\"1\""), ("b", "\"2\""));
        var changed = await UpdateAsync(person.Id, ("b", "null"), ("c", "\"3\""));
        Assert.Equal(["a", "c"], changed.CustomFields.Fields.Keys.Order());
        changed = await People.UpdatePersonAsync(
            new UpdatePersonRequest { Person = new Person { Id = person.Id, CustomFields = Struct.Parser.ParseJson("""{"a":"4","b":"5"}""") }, UpdateMask = new FieldMask { Paths = { "custom_fields.b" } } }, cancellationToken: Token);
        Assert.Equal(("1", "5", "3"), (changed.CustomFields.Fields["a"].StringValue, changed.CustomFields.Fields["b"].StringValue, changed.CustomFields.Fields["c"].StringValue));
        changed = await People.UpdatePersonAsync(
            new UpdatePersonRequest { Person = new Person { Id = person.Id, CustomFields = Struct.Parser.ParseJson("""{"a":"6"}""") }, UpdateMask = new FieldMask { Paths = { "custom_fields" } } }, cancellationToken: Token);
        Assert.Equal(["a"], changed.CustomFields.Fields.Keys);
    }

    [Fact]
    public async Task A_default_fills_what_is_not_sent_and_a_field_that_becomes_required_leaves_old_records_editable()
    {
        var region = Of("region", FieldType.SingleChoice);
        region.DefaultValue = Value.ForString("south");
        await DefineAsync(region, Of("note", FieldType.Text));
        var person = await CreateAsync();
        Assert.Equal("south", person.CustomFields.Fields["region"].StringValue);
        var note = Of("note", FieldType.Text);
        note.Required = true;
        await DefineAsync(region, note);
        var renamed = await People.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = person.Id, LastName = "Renamed" } }, cancellationToken: Token);
        Assert.Equal("Renamed", renamed.LastName);
        await RefusedAsync("person.customFields.note", () => UpdateAsync(person.Id, ("region", "\"north\"")));
    }

    [Fact]
    public async Task A_deleted_field_leaves_answers_filters_and_events_and_comes_back_with_its_values()
    {
        await DefineAsync(Of("kept", FieldType.Text), Of("gone", FieldType.Text));
        var person = await CreateAsync(("kept", "\"1\""), ("gone", "\"2\""));
        await DefineAsync(Of("kept", FieldType.Text));
        Assert.Equal(["kept"], (await GetAsync(person.Id)).CustomFields.Fields.Keys);
        var changed = await UpdateAsync(person.Id, ("kept", "\"3\""));
        Assert.Equal(["kept"], changed.CustomFields.Fields.Keys);
        Assert.DoesNotContain("gone", await contacts.Database.QueryAsync<string>($"SELECT data::text FROM outbox_messages WHERE aggregate_id = '{person.Id}' ORDER BY id DESC LIMIT 1"), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<RpcException>(() => ListAsync("custom_fields.gone = 2", ""));
        Assert.Contains("There is no field 'custom_fields.gone'", refused.Status.Detail, StringComparison.Ordinal);
        await DefineAsync(Of("kept", FieldType.Text), Of("gone", FieldType.Text));
        Assert.Equal(("3", "2"), ((await GetAsync(person.Id)).CustomFields.Fields["kept"].StringValue, (await GetAsync(person.Id)).CustomFields.Fields["gone"].StringValue));
    }

    [Fact]
    public async Task Lists_are_filtered_and_sorted_by_custom_fields_page_by_page()
    {
        contacts.Fields.Set(_tenant, Of("score", FieldType.Decimal), Of("due", FieldType.Date));
        foreach (var (score, due) in new[] { ("\"9.5\"", "\"2026-01-01\""), ("\"10\"", "\"2026-02-01\""), ("\"-1\"", "null"), ("null", "\"2025-12-31\"") })
            await CreateAsync(("score", score), ("due", due));
        Assert.Equal(["-1", "9.5", "10", ""], await ScoresAsync("", "custom_fields.score"));
        Assert.Equal(["", "10", "9.5", "-1"], await ScoresAsync("", "custom_fields.score desc"));
        Assert.Equal(["10", "9.5"], await ScoresAsync("custom_fields.score >= 9.5", "custom_fields.due desc"));
        Assert.Equal(["9.5", "10"], await ScoresAsync("custom_fields.due > 2025-12-31 AND custom_fields.score:*", "custom_fields.due"));
        var refused = await Assert.ThrowsAsync<RpcException>(() => ListAsync("custom_fields.score = high", ""));
        Assert.Contains("'high' does not fit. Use a number", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Field_rules_hold_for_one_custom_field_and_not_for_its_neighbours()
    {
        contacts.Fields.Set(_tenant, Of("salary", FieldType.Number), Of("hobby", FieldType.Text));
        var person = await CreateAsync(("salary", "100"), ("hobby", "\"chess\""));
        var user = Guid.CreateVersion7();
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{user}",
            Permissions = { Everything },
            Policies = { new Platform.Tenants.V1.AccessPolicy { Id = $"{user}", Name = "No salaries", Resource = "contacts.person", FieldRules = { new Platform.Tenants.V1.FieldRule { Path = "custom_fields.salary", Access = Platform.Tenants.V1.FieldAccess.Hidden } } } },
        });
        var restricted = new PeopleService.PeopleServiceClient(contacts.Grpc(TestTokens.ForPerson(_tenant, user)));
        Assert.Equal(["hobby"], (await restricted.GetPersonAsync(new GetPersonRequest { Id = person.Id }, cancellationToken: Token)).CustomFields.Fields.Keys);
        var changed = await restricted.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = person.Id, CustomFields = Struct.Parser.ParseJson("""{"hobby":"go"}""") } }, cancellationToken: Token);
        Assert.Equal(["hobby"], changed.CustomFields.Fields.Keys);
        Assert.Equal((100, "go"), ((await GetAsync(person.Id)).CustomFields.Fields["salary"].NumberValue, (await GetAsync(person.Id)).CustomFields.Fields["hobby"].StringValue));
        await RefusedAsync("FIELD_NOT_WRITABLE", async () => await restricted.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = person.Id, CustomFields = Struct.Parser.ParseJson("""{"salary":1}""") } }, cancellationToken: Token));
        foreach (var request in new[] { new ListPeopleRequest { Filter = "custom_fields.salary > 50" }, new ListPeopleRequest { OrderBy = "custom_fields.salary" } })
            await RefusedAsync("FIELD_NOT_READABLE", async () => await restricted.ListPeopleAsync(request, cancellationToken: Token));
        Assert.Single((await restricted.ListPeopleAsync(new ListPeopleRequest { Filter = "custom_fields.hobby = go", OrderBy = "custom_fields.hobby" }, cancellationToken: Token)).People);
    }

    [Fact]
    public async Task While_the_metadata_service_is_away_what_was_known_holds_and_who_never_knew_refuses_writes()
    {
        contacts.Fields.Set(_tenant, Of("a", FieldType.Text));
        var person = await CreateAsync(("a", "\"1\""));
        contacts.Fields.Down = true;
        try
        {
            Assert.Equal("2", (await UpdateAsync(person.Id, ("a", "\"2\""))).CustomFields.Fields["a"].StringValue);
            var others = contacts.People(Guid.CreateVersion7());
            await RefusedAsync("METADATA_UNAVAILABLE", async () => await others.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "New" } }, cancellationToken: Token));
            Assert.Empty((await others.ListPeopleAsync(new ListPeopleRequest(), cancellationToken: Token)).People);
        }
        finally
        {
            contacts.Fields.Down = false;
        }
    }

    [Fact]
    public async Task Calls_that_come_while_the_fields_are_asked_for_wait_for_that_answer()
    {
        await Eventually.HoldsAsync(() => contacts.Services.GetRequiredService<ReplicaSignal>().IsHearing);
        var answering = new TaskCompletionSource();
        var version = contacts.Fields.Set(_tenant, Of("a", FieldType.Text));
        contacts.Fields.Answering = answering.Task;
        List<Task<TenantFields?>> calls;
        try
        {
            var directory = contacts.Services.GetRequiredService<CustomFieldDirectory>();
            // Each has got as far as it can when the next one comes.
            calls = [.. Enumerable.Range(0, 50).Select(_ => directory.GetAsync(ActingIn(_tenant), Token).AsTask())];
        }
        finally
        {
            contacts.Fields.Answering = Task.CompletedTask;
            answering.SetResult();
        }

        Assert.All(await Task.WhenAll(calls), fields => Assert.Equal(version, fields!.Version));
        Assert.Equal(1, contacts.Fields.AskedOf(_tenant));

        static Caller ActingIn(Guid tenant)
        {
            var caller = new Caller();
            caller.ActAsSystem(tenant, "test");
            return caller;
        }
    }

    [Fact]
    public async Task A_new_field_is_known_in_every_replica_within_a_second()
    {
        await using var replica = contacts.StartReplica();
        await Eventually.HoldsAsync(() => new[] { contacts.Services, replica.Services }.All(services => services.GetRequiredService<ReplicaSignal>().IsHearing));
        using var other = contacts.Rest(TestTokens.ForPerson(_tenant, Guid.CreateVersion7(), Everything), replica);
        await DefineAsync(Of("a", FieldType.Text));
        await CreateAsync(("a", "\"1\""));
        Assert.Equal(1, await CountAsync(other, "a"));
        await DefineAsync(Of("a", FieldType.Text), Of("b", FieldType.Text));
        var since = System.Diagnostics.Stopwatch.StartNew();
        await CreateAsync(("b", "\"2\""));
        await Eventually.HoldsAsync(async () => await CountAsync(other, "b") == 1);
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(1), $"It took {since.Elapsed.TotalMilliseconds:0} ms.");
    }

    // -1 where the replica does not know the field.
    private static async Task<int> CountAsync(HttpClient rest, string key)
    {
        using var answer = await rest.GetAsync(new Uri($"/api/v1/contacts/people?filter=custom_fields.{key}:*", UriKind.Relative), Token);
        return answer.IsSuccessStatusCode ? ListPeopleResponse.Parser.ParseJson(await answer.Content.ReadAsStringAsync(Token)).People.Count : -1;
    }

    private async Task DefineAsync(params Field[] fields)
    {
        var version = contacts.Fields.Set(_tenant, fields);
        Assert.Equal("SUCCESS", await contacts.DeliverAsync(_tenant, new FieldsChanged { Version = version, Field = fields[0] }));
    }

    private static Field Of(string key, FieldType type) => new()
    {
        Resource = "contacts.person",
        Key = key,
        Type = type,
        Label = key,
        Choices = { type is FieldType.SingleChoice or FieldType.MultipleChoice ? Regions.Select(choice => new Choice { Key = choice, Label = choice }) : [] },
    };

    private async Task<Person> CreateAsync(params (string Key, string Json)[] fields) =>
        await People.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Doe", CustomFields = Json(fields) } }, cancellationToken: Token);

    private async Task<Person> UpdateAsync(string id, params (string Key, string Json)[] fields) =>
        await People.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = id, CustomFields = Json(fields) } }, cancellationToken: Token);

    private async Task<Person> GetAsync(string id) => await People.GetPersonAsync(new GetPersonRequest { Id = id }, cancellationToken: Token);

    private async Task<List<Person>> ListAsync(string filter, string order)
    {
        var (people, token) = (new List<Person>(), "");
        do
        {
            var page = await People.ListPeopleAsync(new ListPeopleRequest { Filter = filter, OrderBy = order, PageSize = 1, PageToken = token }, cancellationToken: Token);
            people.AddRange(page.People);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return people;
    }

    private async Task<IEnumerable<string>> ScoresAsync(string filter, string order) =>
        (await ListAsync(filter, order)).Select(person => person.CustomFields.Fields.TryGetValue("score", out var score) ? score.StringValue : "");

    private static Struct Json((string Key, string Json)[] fields) => Struct.Parser.ParseJson($"{{{string.Join(',', fields.Select(field => $"\"{field.Key}\":{field.Json}"))}}}");

    private static async Task RefusedAsync(string named, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        var status = refused.GetRpcStatus()!;
        Assert.Contains(named, (status.GetDetail<Google.Rpc.BadRequest>()?.FieldViolations.Select(violation => violation.Field) ?? []).Append(status.GetDetail<Google.Rpc.ErrorInfo>().Reason));
    }
}
