using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Contacts;
using Platform.Contacts.People;
using Platform.Contacts.V1;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Data;
using Platform.Filtering;
using Platform.Filtering.Fields;
using Platform.Paging;
using Platform.Tenancy;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;
using Person = Platform.Contacts.V1.Person;

namespace Contacts.Tests.CustomFields;

/// <summary>Unique and searchable fields, whose values PostgreSQL keeps beside the records.</summary>
public sealed class KeptValueFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly string[] OfTexts = ["=", "!=", ":"];
    private static readonly string[] OfOthers = ["=", "!=", "<", "<=", ">", ">="];

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_two_records_have_the_same_value_however_many_write_it_at_once()
    {
        await DefineAsync(Number(unique: true));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => OutcomeAsync(() => CreateAsync("A-1"))));
        Assert.Equal((1, 11), (outcomes.Count(outcome => outcome == "OK"), outcomes.Count(outcome => outcome == "CUSTOM_FIELD_NOT_UNIQUE person.customFields.number")));
        var second = await CreateAsync("A-2");
        Assert.Equal("CUSTOM_FIELD_NOT_UNIQUE person.customFields.number", await OutcomeAsync(() => UpdateAsync(second.Id, "a-1")));
        Assert.Equal("A-2", (await UpdateAsync(second.Id, "A-2")).CustomFields.Fields["number"].StringValue);
        await contacts.People(_tenant).DeletePersonAsync(new DeletePersonRequest { Id = second.Id }, cancellationToken: Token);
        await CreateAsync("A-2");
        Assert.Equal("A-1", (await CreateAsync("A-1", Guid.CreateVersion7())).CustomFields.Fields["number"].StringValue);
    }

    [Fact]
    public async Task A_field_that_becomes_unique_takes_in_what_is_there_and_leaves_old_duplicates_alone()
    {
        await DefineAsync(Number(unique: false));
        var (first, second) = (await CreateAsync("B-1"), await CreateAsync("B-1"));
        await DefineAsync(Number(unique: true));
        await ReadyAsync();
        Assert.Equal("CUSTOM_FIELD_NOT_UNIQUE person.customFields.number", await OutcomeAsync(() => CreateAsync("B-1")));
        foreach (var person in new[] { first, second })
            Assert.Equal("Renamed", (await contacts.People(_tenant).UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = person.Id, LastName = "Renamed" } }, cancellationToken: Token)).LastName);
    }

    [Theory]
    [InlineData(FieldType.Number, "5,-3,42,0,1000000", "5|-3|0")]
    [InlineData(FieldType.Decimal, "\"5.5\",\"-3\",\"42\",\"0.0000000001\"", "5.5|-3|0")]
    [InlineData(FieldType.Date, "\"2026-01-31\",\"2025-12-31\",\"2026-02-01\"", "2026-01-31|2025-01-01")]
    [InlineData(FieldType.Instant, "\"2026-01-31T12:00:00Z\",\"2025-12-31T23:59:59Z\"", "2026-01-31T12:00:00Z|2026-01-01")]
    [InlineData(FieldType.Text, "\"Abc\",\"abc\",\"ABD\",\"Ж\"", "\"abc\"|\"Abc\"|Ж")]
    public async Task A_searchable_field_is_found_by_its_index_as_it_was_without(FieldType type, string values, string sought)
    {
        var field = new Field { Resource = "contacts.person", Key = "number", Type = type, Label = "Number" };
        await DefineAsync(field);
        foreach (var value in values.Split(','))
            await contacts.People(_tenant).CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Doe", CustomFields = Struct.Parser.ParseJson($"{{\"number\":{value}}}") } }, cancellationToken: Token);
        var filters = sought.Split('|').SelectMany(value => (type == FieldType.Text ? OfTexts : OfOthers).Select(comparator => $"custom_fields.number {comparator} {value}")).ToList();
        var before = await FoundAsync(filters);
        Assert.Contains(before, found => found.Length > 0);
        await DefineAsync(new Field(field) { Searchable = true });
        await ReadyAsync();
        Assert.Equal(values.Split(',').Length, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM custom_field_values WHERE tenant_id = '{_tenant}'"));
        Assert.Equal(before, await FoundAsync(filters));
        Assert.Equal(before, await FoundAsync([.. filters.Select(filter => $"NOT (NOT {filter})")]));
    }

    [Fact]
    public async Task Row_level_security_lets_the_index_be_used()
    {
        await DefineAsync(new Field(Number(unique: false)) { Searchable = true });
        await ReadyAsync();
        await AddManyAsync();
        await using var scope = contacts.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(_tenant, "test");
        var db = scope.ServiceProvider.GetRequiredService<ContactsDbContext>();
        var fields = new TenantFields(new Schema { Version = 1, Fields = { Number(unique: false) } }, [("contacts.person", "number")]);
        var filter = Filter.Parse("custom_fields.number = \"N-777\"").Value!.Bind(PersonFields.Schema, fields).Value!;
        var query = db.People.Where(filter.ToPredicate(FilterContext.Of(db, TimeProvider.System)));
        Assert.Equal("N-777", Assert.Single(await query.ToListAsync(Token)).CustomFields.Fields["number"].StringValue);
        var plan = await PlanAsync(db, query);
        Assert.Contains("ix_custom_field_values_search", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on people", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FieldType.Number, "5,-3,42,5,0,1000000,5")]
    [InlineData(FieldType.Decimal, "\"5.5\",\"-3\",\"42\",\"0.0000000001\",\"5.5\"")]
    [InlineData(FieldType.Date, "\"2026-01-31\",\"2025-12-31\",\"2026-01-31\"")]
    [InlineData(FieldType.Text, "\"Abc\",\"abc\",\"ABD\",\"Ж\"")]
    public async Task Lists_are_in_the_order_of_a_searchable_field_as_they_were_without(FieldType type, string values)
    {
        var field = new Field { Resource = "contacts.person", Key = "number", Type = type, Label = "Number" };
        await DefineAsync(field);
        foreach (var value in values.Split(',').Concat(["null", "null", "null"]))
            await contacts.People(_tenant).CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Doe", CustomFields = Struct.Parser.ParseJson($"{{\"number\":{value}}}") } }, cancellationToken: Token);
        var (up, down) = (await OrderedAsync("custom_fields.number", 200), await OrderedAsync("custom_fields.number desc", 200));
        var midway = (await PageAsync("custom_fields.number", 2, "")).NextPageToken;
        await DefineAsync(new Field(field) { Searchable = true });
        await ReadyAsync();
        foreach (var size in (int[])[1, 2, 3, 200])
        {
            Assert.Equal(up, await OrderedAsync("custom_fields.number", size));
            Assert.Equal(down, await OrderedAsync("custom_fields.number desc", size));
        }

        // Who began to read before the index was there goes on.
        Assert.Equal(up.Skip(2), (await PageAsync("custom_fields.number", 200, midway)).People.Select(person => person.Id));
    }

    [Fact]
    public async Task Row_level_security_lets_a_list_be_read_along_the_index()
    {
        await DefineAsync(new Field(Number(unique: false)) { Searchable = true });
        await ReadyAsync();
        await AddManyAsync();
        await using var scope = contacts.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(_tenant, "test");
        var db = scope.ServiceProvider.GetRequiredService<ContactsDbContext>();
        var kept = new KeptOrder("contacts.person", "number");
        var order = new KeptPages.Ordered(kept.In(FilterContext.Of(db, TimeProvider.System))!, kept, descending: false);
        var plan = await PlanAsync(db, KeptPages.WithValue(db.People, order, KeptPages.Place.Start).Take(51));
        Assert.Contains("ix_custom_field_values_search", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row_level_security_lets_a_page_begin_within_the_index(bool descending)
    {
        await DefineAsync(new Field(Number(unique: false)) { Searchable = true });
        await ReadyAsync();
        await AddManyAsync();
        await using var scope = contacts.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(_tenant, "test");
        var db = scope.ServiceProvider.GetRequiredService<ContactsDbContext>();
        var kept = new KeptOrder("contacts.person", "number");
        var order = new KeptPages.Ordered(kept.In(FilterContext.Of(db, TimeProvider.System))!, kept, descending);
        var (id, rows) = (Guid.CreateVersion7(), db.People);
        var (after, without) = (await PlanAsync(db, KeptPages.WithValue(rows, order, new("n-1", id)).Take(51)), await PlanAsync(db, KeptPages.Without(rows, order, new(null, id)).Take(51)));
        foreach (var (plan, condition) in new[] { (after, descending ? " < ROW(" : " > ROW("), (without, descending ? "(record_id < '" : "(record_id > '") })
        {
            var line = Assert.Single(plan.Split('\n'), line => line.Contains("Index Cond", StringComparison.Ordinal) && line.Contains("field_key", StringComparison.Ordinal));
            Assert.Contains(condition, line, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Sort", plan.Replace("sort_key", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Row_level_security_lets_a_person_be_found_by_the_index_of_e_mail_addresses()
    {
        await AddManyAsync();
        await using var scope = contacts.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(_tenant, "test");
        var db = scope.ServiceProvider.GetRequiredService<ContactsDbContext>();
        var filter = Filter.Parse("email = \"Number-7@initech.example\"").Value!.Bind(PersonFields.Schema).Value!;
        var query = db.People.Where(filter.ToPredicate(FilterContext.Of(db, TimeProvider.System)));
        Assert.Equal("Number-7@initech.example", Assert.Single(await query.ToListAsync(Token)).Email);
        var plan = await PlanAsync(db, query);
        Assert.Contains(PersonConfiguration.UniqueEmail, plan, StringComparison.Ordinal);
        Assert.Empty((await contacts.People(_tenant).ListPeopleAsync(new ListPeopleRequest { Filter = "email = \"number-7@initech.example\"" }, cancellationToken: Token)).People);
        Assert.Equal(4_999, await db.People.CountAsync(Filter.Parse("NOT email = \"Number-7@initech.example\"").Value!.Bind(PersonFields.Schema).Value!.ToPredicate(FilterContext.Of(db, TimeProvider.System)), Token));
    }

    [Fact]
    public async Task What_an_earlier_version_kept_is_kept_anew()
    {
        await DefineAsync(new Field(Number(unique: false)) { Searchable = true });
        await ReadyAsync();
        var (with, without) = (await CreateAsync("E-1"), await CreateAsync(""));
        await contacts.Database.ExecuteAsync($"DELETE FROM custom_field_values WHERE tenant_id = '{_tenant}' AND sort_key = ''; CREATE OR REPLACE FUNCTION platform.keep_custom_field_values() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
        await contacts.Database.ExecuteAsync(DatabaseScripts.Bootstrap);
        await contacts.RestartAsync();
        await ReadyAsync();
        Assert.Equal([without.Id, with.Id], (await PageAsync("custom_fields.number desc", 50, "")).People.Select(person => person.Id));
    }

    [Fact]
    public async Task What_one_statement_makes_or_deletes_is_kept_and_forgotten_of_all_its_records()
    {
        var (other, kept) = (Guid.CreateVersion7(), $"SELECT count(*) FROM custom_field_values AS kept JOIN people USING (tenant_id) WHERE kept.record_id = people.id AND kept.sort_key = lower(custom_fields ->> 'number') AND tenant_id = '{_tenant}'");
        await DefineAsync(Number(unique: true));
        await ReadyAsync();
        await contacts.Database.ExecuteAsync(Insert("i % 2 = 0", 200));
        Assert.Equal(100, await contacts.Database.QueryAsync<long>(kept));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => contacts.Database.ExecuteAsync(Insert("true", 2)));
        Assert.Equal(("custom_field_unique", "number"), (refused.ConstraintName, refused.ColumnName));
        // Whatever a savepoint takes back was never kept, or forgotten.
        await contacts.Database.ExecuteAsync($"BEGIN; SAVEPOINT before; DELETE FROM people WHERE tenant_id = '{_tenant}'; ROLLBACK TO before; DELETE FROM people WHERE tenant_id IN ('{_tenant}', '{other}') AND last_name < 'N-150'; COMMIT");
        Assert.Equal(100 - await contacts.Database.QueryAsync<long>("SELECT count(*) FROM generate_series(1, 200) AS i WHERE i % 2 = 0 AND 'N-' || i < 'N-150'"), await contacts.Database.QueryAsync<long>(kept));
        Assert.Equal(await contacts.Database.QueryAsync<long>(kept), await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM custom_field_values WHERE tenant_id = '{_tenant}'"));
        Assert.Equal(0, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM custom_field_values WHERE tenant_id = '{other}'"));
        // No row is seen alone, whichever table it is of.
        Assert.Equal(0, await contacts.Database.QueryAsync<long>("SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%custom_field_values' AND tgtype & 1 = 1 AND tgtype & (4 + 8) <> 0"));
        Assert.Equal(10, await contacts.Database.QueryAsync<long>("SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%custom_field_values' AND tgtype & 1 = 0 AND tgtype & (4 + 8) <> 0"));

        string Insert(string isOwn, int count) =>
            $"""
            INSERT INTO people (tenant_id, id, first_name, last_name, email, phone, job_title, language, custom_fields, create_time, update_time)
            SELECT CASE WHEN {isOwn} THEN '{_tenant}'::uuid ELSE '{other}' END, gen_random_uuid(), '', 'N-' || i, '', '', '', '', jsonb_build_object('number', 'N-' || i), now(), now() FROM generate_series(1, {count}) AS i
            """;
    }

    [Fact]
    public async Task A_filter_by_a_related_record_reads_no_more_than_it_has_to()
    {
        await AddManyAsync();
        await using var scope = contacts.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(_tenant, "test");
        var db = scope.ServiceProvider.GetRequiredService<ContactsDbContext>();
        var filter = Filter.Parse($"company_id = {Guid.CreateVersion7()} AND company.name = \"Acme\"").Value!.Bind(PersonFields.Schema).Value!;
        var plan = await PlanAsync(db, db.People.Where(filter.ToPredicate(FilterContext.Of(db, TimeProvider.System))));
        Assert.DoesNotContain("Seq Scan on people", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_purged_field_leaves_neither_values_nor_an_index()
    {
        await DefineAsync(Number(unique: true));
        var person = await CreateAsync("C-1");
        await contacts.DeliverAsync(_tenant, new FieldsChanged { Version = contacts.Fields.Set(_tenant), Field = Number(unique: true), Purged = true });
        await Eventually.HoldsAsync(async () => await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM custom_field_indexes WHERE tenant_id = '{_tenant}'") == 0);
        Assert.Equal("{}", await contacts.Database.QueryAsync<string>($"SELECT custom_fields::text FROM people WHERE id = '{person.Id}'"));
        Assert.Equal(0, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM custom_field_values WHERE tenant_id = '{_tenant}'"));
    }

    [Fact]
    public async Task An_import_maps_columns_by_key_and_label_and_refuses_the_rows_that_do_not_fit()
    {
        var size = new Field { Resource = "contacts.person", Key = "shoe_size", Type = FieldType.Number, Label = "Shoe size", LabelTranslations = { ["ru"] = "Размер" } };
        var region = new Field { Resource = "contacts.company", Key = "territory", Type = FieldType.SingleChoice, Label = "Territory", Choices = { new Choice { Key = "north", Label = "North" } } };
        await DefineAsync(size, region, Number(unique: true));
        using var rest = contacts.Rest(_tenant);
        using var file = new StringContent("E-mail,Last name,Размер,Territory,Company,number,Nonsense\na@x.example,A,42,North,Acme,1,?\nb@x.example,B,big,,,2,?\nc@x.example,C,40,,,1,?\n", System.Text.Encoding.UTF8, "text/csv");
        using var answer = await rest.PostAsync(new Uri("/api/v1/contacts/imports", UriKind.Relative), file, Token);
        var summary = ImportSummary.Parser.ParseJson(await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal(["Nonsense"], summary.IgnoredColumns);
        Assert.Equal([(3, "Размер", "INVALID_CUSTOM_FIELD"), (4, "", "CUSTOM_FIELD_NOT_UNIQUE")], summary.Errors.Select(error => ((int)error.Line, error.Column, error.Code)));
        var person = Assert.Single((await contacts.People(_tenant).ListPeopleAsync(new ListPeopleRequest { Filter = "custom_fields.shoe_size = 42" }, cancellationToken: Token)).People);
        Assert.Equal(("a@x.example", "1"), (person.Email, person.CustomFields.Fields["number"].StringValue));
        Assert.Single((await contacts.Companies(_tenant).ListCompaniesAsync(new ListCompaniesRequest { Filter = "custom_fields.territory = north" }, cancellationToken: Token)).Companies);
    }

    private static Field Number(bool unique) => new() { Resource = "contacts.person", Key = "number", Type = FieldType.Text, Label = "Number", Unique = unique };

    private async Task DefineAsync(params Field[] fields)
    {
        var version = contacts.Fields.Set(_tenant, fields);
        foreach (var field in fields)
            Assert.Equal("SUCCESS", await contacts.DeliverAsync(_tenant, new FieldsChanged { Version = version, Field = field }));
    }

    // Statistics of all rows, not of some that are taken at random.
    private Task AddManyAsync() => contacts.Database.ExecuteAsync(
        $"""
        INSERT INTO people (tenant_id, id, first_name, last_name, email, phone, job_title, language, custom_fields, create_time, update_time)
        SELECT '{_tenant}', gen_random_uuid(), '', 'Doe', 'Number-' || i || '@initech.example', '', '', '', jsonb_build_object('number', 'N-' || i), now(), now() FROM generate_series(1, 5000) AS i;
        SET default_statistics_target = 1000; ANALYZE people; ANALYZE custom_field_values; RESET default_statistics_target
        """);

    private static async Task<string> PlanAsync<T>(ContactsDbContext db, IQueryable<T> query)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        await using var command = query.CreateDbCommand();
        (command.CommandText, command.Transaction) = ($"EXPLAIN {command.CommandText}", transaction.GetDbTransaction());
        var plan = new System.Text.StringBuilder();
        await using (var reader = await command.ExecuteReaderAsync(Token))
        {
            while (await reader.ReadAsync(Token))
                plan.AppendLine(reader.GetString(0));
        }

        return plan.ToString();
    }

    private async Task<List<string>> OrderedAsync(string order, int size)
    {
        var ids = new List<string>();
        for (var token = ""; ;)
        {
            var page = await PageAsync(order, size, token);
            ids.AddRange(page.People.Select(person => person.Id));
            if ((token = page.NextPageToken).Length == 0)
                return ids;
        }
    }

    private async Task<ListPeopleResponse> PageAsync(string order, int size, string token) =>
        await contacts.People(_tenant).ListPeopleAsync(new ListPeopleRequest { OrderBy = order, PageSize = size, PageToken = token }, cancellationToken: Token);

    private Task ReadyAsync() => Eventually.HoldsAsync(async () =>
        await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM custom_field_indexes WHERE tenant_id = '{_tenant}' AND state = 'Ready'") == 1);

    private async Task<Person> CreateAsync(string number, Guid? tenant = null)
    {
        var person = new Person { LastName = "Doe", CustomFields = new Struct { Fields = { ["number"] = Value.ForString(number) } } };
        if (tenant is { } other)
            contacts.Fields.Set(other, Number(unique: true));
        return await contacts.People(tenant ?? _tenant).CreatePersonAsync(new CreatePersonRequest { Person = person }, cancellationToken: Token);
    }

    private async Task<Person> UpdateAsync(string id, string number) => await contacts.People(_tenant).UpdatePersonAsync(
        new UpdatePersonRequest { Person = new Person { Id = id, CustomFields = new Struct { Fields = { ["number"] = Value.ForString(number) } } } }, cancellationToken: Token);

    private async Task<List<string>> FoundAsync(IEnumerable<string> filters)
    {
        var found = new List<string>();
        foreach (var filter in filters)
        {
            var page = await contacts.People(_tenant).ListPeopleAsync(new ListPeopleRequest { Filter = filter }, cancellationToken: Token);
            found.Add(string.Join(' ', page.People.Select(person => person.Id)));
        }

        return found;
    }

    private static async Task<string> OutcomeAsync(Func<Task> call)
    {
        try
        {
            await call();
            return "OK";
        }
        catch (RpcException refused)
        {
            var status = refused.GetRpcStatus()!;
            return $"{status.GetDetail<Google.Rpc.ErrorInfo>().Reason} {status.GetDetail<Google.Rpc.BadRequest>()?.FieldViolations[0].Field}";
        }
    }
}
