using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Member = Contacts.Tests.Activities.Member;
using Person = Platform.Contacts.V1.Person;

namespace Contacts.Tests.Access;

/// <summary>What other services are told of which records a caller may read.</summary>
public sealed class VisibilityFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_what_every_list_shows()
    {
        var ann = new Member(contacts, _tenant);
        var bob = new Member(contacts, _tenant).Under(Own("contacts.person"));
        Person[] people = [await ann.PersonAsync("Ann's"), await bob.PersonAsync("Bob's")];
        string[] ids = [.. people.Select(person => person.Id)];
        Assert.Equal(ids, (await VisibleAsync(ann.Id, "contacts.person", ids)).Order());
        Assert.Equal([people[1].Id], await VisibleAsync(bob.Id, "contacts.person", ids));
        Assert.Empty(await VisibleAsync(ann.Id, "contacts.company", ids));
        Assert.Empty(await VisibleAsync(ann.Id, "deals.deal", ids));
        Assert.Empty(await VisibleAsync(Guid.CreateVersion7(), "contacts.person", ids, permission: "deals.read"));
        Assert.Empty(await VisibleAsync(ann.Id, "contacts.person", ids, tenant: Guid.CreateVersion7()));
    }

    [Fact]
    public async Task An_activity_about_an_invisible_record_is_not_visible()
    {
        var ann = new Member(contacts, _tenant);
        var bob = new Member(contacts, _tenant).Under(Own("contacts.person"));
        var note = await ann.WriteAsync(new Activity { PersonId = (await ann.PersonAsync()).Id, Kind = ActivityKind.Note, Subject = "Secret" });
        Assert.Equal([note.Id], await VisibleAsync(ann.Id, "contacts.activity", note.Id));
        Assert.Empty(await VisibleAsync(bob.Id, "contacts.activity", note.Id));
    }

    [Fact]
    public async Task What_is_no_id_and_too_many_of_them_are_refused()
    {
        var client = new VisibilityService.VisibilityServiceClient(contacts.GrpcFor(_tenant, "contacts.read"));
        foreach (var ids in new[] { ["x"], Enumerable.Range(0, 1_001).Select(_ => $"{Guid.CreateVersion7()}").ToArray() })
        {
            var request = new FilterVisibleRequest { Records = { new RecordIds { Resource = "contacts.person", Ids = { ids } } } };
            await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", client.FilterVisibleAsync(request, cancellationToken: Token));
        }
    }

    private async Task<IEnumerable<string>> VisibleAsync(Guid user, string resource, params string[] ids) => await VisibleAsync(user, resource, ids, "contacts.read");

    private async Task<IEnumerable<string>> VisibleAsync(Guid user, string resource, string[] ids, string permission = "contacts.read", Guid? tenant = null)
    {
        var client = new VisibilityService.VisibilityServiceClient(contacts.Grpc(TestTokens.ForPerson(tenant ?? _tenant, user, permission)));
        var answer = await client.FilterVisibleAsync(new FilterVisibleRequest { Records = { new RecordIds { Resource = resource, Ids = { ids } } } }, cancellationToken: Token);
        return answer.Records.SelectMany(records => records.Ids);
    }

    private static AccessPolicy Own(string resource) => new()
    {
        Id = $"{Guid.CreateVersion7()}",
        Name = $"Own {resource}",
        Resource = resource,
        Effect = PolicyEffect.Allow,
        Actions = { "read", "create" },
        Filter = "owner_id = user.id",
    };
}
