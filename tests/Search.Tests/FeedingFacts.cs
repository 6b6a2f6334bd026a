using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Tenants.V1;
using Xunit;
using Record = Platform.Records.V1.Record;

namespace Search.Tests;

public sealed class FeedingFacts(SearchFixture search) : IClassFixture<SearchFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    [Fact]
    public async Task A_change_is_found_by_what_is_new_and_no_longer_by_what_was_before()
    {
        var person = await search.KeepPersonAsync(_tenant, "Anna", "Smirnova", "anna@north.example");
        await search.KeepAsync(_tenant, new PersonUpdated { Person = new Person(person) { LastName = "Petrova", Email = "" } });
        Assert.Equal([person.Id], await search.IdsAsync(_tenant, "anna petrova"));
        Assert.Empty(await search.IdsAsync(_tenant, "smirnova"));
        Assert.Empty(await search.IdsAsync(_tenant, "anna@north.example"));
    }

    [Fact]
    public async Task The_same_event_again_changes_nothing_and_an_older_one_brings_nothing_back()
    {
        var person = await search.KeepPersonAsync(_tenant, "Anna", "Smirnova");
        await search.KeepAsync(_tenant, new PersonUpdated { Person = person });
        await search.KeepAsync(_tenant, new PersonUpdated { Person = person });
        Assert.Equal([person.Id], await search.IdsAsync(_tenant, "smirnova"));
        await search.KeepAsync(_tenant, new PersonDeleted { Id = person.Id });
        Assert.Empty(await search.IdsAsync(_tenant, "smirnova"));
        // What was told before the deletion comes after it.
        await search.Database.QueryAsync<long>($"UPDATE search_entries SET as_of = now() + interval '1 hour' WHERE tenant_id = '{_tenant}' RETURNING 1::bigint");
        await search.KeepAsync(_tenant, new PersonUpdated { Person = person });
        Assert.Empty(await search.IdsAsync(_tenant, "smirnova"));
    }

    [Fact]
    public async Task Merged_records_are_found_as_the_one_that_stays_and_come_back_when_they_are_unmerged()
    {
        var stays = await search.KeepPersonAsync(_tenant, "Anna", "Smirnova");
        var merged = await search.KeepPersonAsync(_tenant, "Anna", "Wagner");
        await search.KeepAsync(_tenant, new PersonMerged { Person = new Person(stays) { JobTitle = "Director" }, MergedIds = { merged.Id } });
        Assert.Equal([stays.Id], await search.IdsAsync(_tenant, "anna"));
        Assert.Equal([stays.Id], await search.IdsAsync(_tenant, "director"));
        await search.KeepAsync(_tenant, new PersonUnmerged { Person = stays, Restored = { merged } });
        Assert.Equal([merged.Id], await search.IdsAsync(_tenant, "wagner"));
        Assert.Empty(await search.IdsAsync(_tenant, "director"));
    }

    [Fact]
    public async Task A_record_of_a_company_s_own_object_goes_and_comes_back()
    {
        search.Fields.SetObjects(_tenant, [new ObjectType { Key = "machine", PluralKey = "machines", Resource = "records.machine" }]);
        var record = new Record { Id = $"{Guid.CreateVersion7()}", Resource = "records.machine", Number = "M-0007", Name = "Mill" };
        await search.KeepAsync(_tenant, new RecordCreated { Record = record });
        Assert.Equal([record.Id], await search.IdsAsync(_tenant, "m-0007"));
        await search.KeepAsync(_tenant, new RecordDeleted { Id = record.Id, Resource = record.Resource });
        Assert.Empty(await search.IdsAsync(_tenant, "mill"));
        await search.KeepAsync(_tenant, new RecordRestored { Record = record });
        Assert.Equal([record.Id], await search.IdsAsync(_tenant, "mill"));
        await search.KeepAsync(_tenant, new RecordPurged { Id = record.Id, Resource = record.Resource });
        Assert.Empty(await search.IdsAsync(_tenant, "mill"));
    }

    [Fact]
    public async Task A_record_waits_while_nobody_can_tell_of_a_field_that_is_new()
    {
        Field note = new() { Resource = "contacts.person", Key = "note", Type = FieldType.Text, Label = "Note" };
        search.Fields.Set(_tenant, note);
        await search.KeepAsync(_tenant, PersonWith("note", "chess"));
        // One that the company has no more says nothing.
        await search.KeepAsync(_tenant, PersonWith("dropped", "nothing"));
        search.Fields.Set(_tenant, note, new Field { Resource = "contacts.person", Key = "hobby", Type = FieldType.Text, Label = "Hobby" });
        search.Fields.Down = true;
        var told = PersonWith("hobby", "sailing");
        Assert.Equal("RETRY", await search.DeliverAsync(_tenant, told));
        await search.KeepAsync(_tenant, PersonWith("note", "poker"));
        search.Fields.Down = false;
        await search.KeepAsync(_tenant, told);
        Assert.Equal([told.Person.Id], await search.IdsAsync(_tenant, "sailing"));
        Assert.Single(await search.IdsAsync(_tenant, "poker"));

        static PersonCreated PersonWith(string key, string text) => new()
        {
            Person = new Person { Id = $"{Guid.CreateVersion7()}", LastName = "Smirnova", CustomFields = new() { Fields = { [key] = Google.Protobuf.WellKnownTypes.Value.ForString(text) } } },
        };
    }

    [Fact]
    public async Task A_company_that_is_gone_leaves_nothing_behind()
    {
        await search.KeepPersonAsync(_tenant, "Anna", "Smirnova");
        await search.KeepAsync(_tenant, new TenantPurged { Slug = "gone" });
        foreach (var table in new[] { "search_entries", "search_words", "search_terms", "search_trigrams" })
            Assert.Equal(0, await search.Database.QueryAsync<long>($"SELECT count(*) FROM {table} WHERE tenant_id = '{_tenant}'"));
    }

    [Fact]
    public async Task Many_who_write_the_same_words_at_once_do_not_hinder_each_other()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 12).Select(at => search.KeepPersonAsync(_tenant, "Concurrent", $"Writer number{at}", $"writer{at}@north.example")));
        Assert.Equal(people.Select(person => person.Id).Order(), (await search.IdsAsync(_tenant, "concurrent writer")).Order());
    }
}
