using System.Net;
using Platform.Contacts.V1;
using Platform.Events;
using Platform.Testing;
using Platform.Tenants.V1;
using Xunit;

namespace Search.Tests;

/// <summary>The index is fed in bulk.</summary>
public sealed class BulkFacts(SearchFixture search) : IClassFixture<SearchFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    [Fact]
    public async Task What_comes_in_one_bulk_is_found_each_in_its_own_company()
    {
        var other = Guid.CreateVersion7();
        var (mine, theirs) = (PersonOf("Bulk Mine"), PersonOf("Bulk Theirs"));
        Assert.Equal(["SUCCESS", "SUCCESS"], await search.DeliverInBulkAsync((_tenant, mine, null), (other, theirs, null)));
        Assert.Equal([mine.Person.Id], await search.IdsAsync(_tenant, "bulk"));
        Assert.Equal([theirs.Person.Id], await search.IdsAsync(other, "bulk"));
    }

    [Fact]
    public async Task What_waits_and_what_is_refused_fails_none_of_the_others()
    {
        search.Fields.Down = true;
        var waiting = PersonOf("Bulk Waits");
        waiting.Person.CustomFields = new() { Fields = { ["hobby"] = Google.Protobuf.WellKnownTypes.Value.ForString("sailing") } };
        var (kept, record) = (PersonOf("Bulk Kept"), Guid.Parse(waiting.Person.Id));
        // No text in PostgreSQL has this character.
        Assert.Equal(["RETRY", "SUCCESS", "RETRY", "RETRY"], await search.DeliverInBulkAsync(
            (_tenant, waiting, record), (_tenant, kept, Guid.Parse(kept.Person.Id)), (_tenant, new PersonDeleted { Id = waiting.Person.Id }, record), (_tenant, PersonOf("Bad \0 one"), null)));
        search.Fields.Down = false;
        Assert.Equal([kept.Person.Id], await search.IdsAsync(_tenant, "bulk"));
        search.Fields.Set(_tenant, new Platform.CustomFields.V1.Field { Resource = "contacts.person", Key = "hobby", Type = Platform.CustomFields.V1.FieldType.Text, Label = "Hobby" });
        Assert.Equal(["SUCCESS"], await search.DeliverInBulkAsync((_tenant, waiting, record)));
        Assert.Equal([waiting.Person.Id], await search.IdsAsync(_tenant, "sailing"));
    }

    [Fact]
    public async Task States_of_one_record_are_written_one_after_another_and_those_of_many_together()
    {
        var (watch, record) = (search.Watch(_tenant), Guid.CreateVersion7());
        watch.Go.SetResult();
        await search.DeliverInBulkAsync([.. Enumerable.Range(0, 4).Select(at => (_tenant, (Google.Protobuf.IMessage)PersonOf($"Bulk State{at}", record), (Guid?)record))]);
        Assert.Equal([1, 1, 1, 1], watch.Sizes);
        Assert.Equal([$"{record}"], await search.IdsAsync(_tenant, "state3"));
        await search.DeliverInBulkAsync([.. Enumerable.Range(0, 100).Select(at => (_tenant, (Google.Protobuf.IMessage)PersonOf($"Many{at}"), (Guid?)Guid.CreateVersion7()))]);
        Assert.InRange(watch.Sizes.Count, 5, 54);
        Assert.Equal(104, watch.Sizes.Sum());
    }

    [Fact]
    public async Task Nobody_but_the_sidecar_feeds_the_index()
    {
        var forged = $$"""{"entries":[{"entryId":"1","event":{"id":"1","type":"{{PersonCreated.Descriptor.FullName}}","tenantid":"{{_tenant}}","data":{"person":{"id":"{{Guid.CreateVersion7()}}","lastName":"Forged"} } } }]}""";
        foreach (var token in new[] { null, "", "guess" })
        {
            using var answer = await search.PostAsync($"/events/{EventNames.TopicOf(PersonCreated.Descriptor)}/bulk", forged, "application/json", token);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        Assert.Empty(await search.IdsAsync(_tenant, "forged"));
    }

    [Fact]
    public async Task A_company_that_is_gone_leaves_nothing_behind_whoever_else_is_told_of_with_it()
    {
        await search.KeepPersonAsync(_tenant, "Anna", "Smirnova");
        Assert.Equal(["SUCCESS", "SUCCESS"], await search.DeliverInBulkAsync((_tenant, new TenantPurged { Slug = "gone" }, null), (Guid.CreateVersion7(), new MemberChanged { UserId = $"{Guid.CreateVersion7()}" }, null)));
        Assert.Equal(0, await search.Database.QueryAsync<long>($"SELECT count(*) FROM search_entries WHERE tenant_id = '{_tenant}'"));
    }

    private static PersonCreated PersonOf(string name, Guid? id = null) => new() { Person = new Person { Id = $"{id ?? Guid.CreateVersion7()}", LastName = name } };
}
