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
    public async Task The_platform_learns_who_of_many_may_read_what_and_nobody_else_does()
    {
        var (ann, bob, eve) = (new Member(contacts, _tenant).Under(), new Member(contacts, _tenant).Under(Own("contacts.person")), Guid.CreateVersion7());
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access { UserId = $"{eve}" });
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access { UserId = $"{ann.Id}", Permissions = { "contacts.read", "contacts.write" }, Policies = { Hides("contacts.person", "last_name") } });
        var maker = new Member(contacts, _tenant);
        var person = await maker.People.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Seen", OwnerId = $"{ann.Id}" } }, cancellationToken: Token);
        var note = await maker.WriteAsync(new Activity { PersonId = person.Id, Kind = ActivityKind.Note, Subject = "Told", OwnerId = $"{ann.Id}" });
        var request = new FilterViewersRequest
        {
            Records = { new RecordIds { Resource = "contacts.person", Ids = { person.Id } }, new RecordIds { Resource = "contacts.activity", Ids = { note.Id } } },
            UserIds = { $"{bob.Id}", $"{eve}" },
            WithOwners = true,
            Fields = { "contacts.person.last_name", "contacts.person.first_name", "contacts.activity.subject" },
        };
        var answer = await Platform().FilterViewersAsync(request, cancellationToken: Token);
        Assert.Contains(new RecordOwner { Resource = "contacts.person", Id = person.Id, UserId = $"{ann.Id}" }, answer.Owners);
        // Bob sees the entry alone, and not what it is about; Eve is nobody here.
        Assert.Equal(((string[])[$"{ann.Id}", $"{bob.Id}"]).Order(), answer.Viewers.Select(viewer => viewer.UserId).Order());
        Assert.Equal(["contacts.activity"], Of(answer, bob.Id).Records.Select(records => records.Resource));
        Assert.Equal(["contacts.person", "contacts.activity"], Of(answer, ann.Id).Records.Select(records => records.Resource));
        Assert.Equal(["contacts.person.first_name", "contacts.activity.subject"], Of(answer, ann.Id).Fields);
        Assert.Empty((await Platform(Guid.CreateVersion7()).FilterViewersAsync(request, cancellationToken: Token)).Viewers);
        await Expect.FailsAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", new VisibilityService.VisibilityServiceClient(contacts.GrpcFor(_tenant, "contacts.read", "tenants.admin")).FilterViewersAsync(request, cancellationToken: Token));
        // A service account needs the right to read of the company's people.
        await Expect.FailsAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", Platform(right: "contacts.write").FilterViewersAsync(request, cancellationToken: Token));
        request.UserIds.Add("x");
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Platform().FilterViewersAsync(request, cancellationToken: Token));
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

    private VisibilityService.VisibilityServiceClient Platform(Guid? tenant = null, string right = "tenants.read") => new(contacts.Grpc(TestTokens.ForService("contacts.read", right), ("x-tenant-id", $"{tenant ?? _tenant}")));

    private static Viewer Of(FilterViewersResponse answer, Guid user) => answer.Viewers.Single(viewer => viewer.UserId == $"{user}");

    private static AccessPolicy Hides(string resource, string field) => new()
    {
        Id = $"{Guid.CreateVersion7()}",
        Name = $"Without {field}",
        Resource = resource,
        Specificity = PolicySpecificity.Role,
        FieldRules = { new FieldRule { Path = field, Access = FieldAccess.Hidden } },
    };

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
