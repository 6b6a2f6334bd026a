using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Xunit;
using Person = Platform.Contacts.V1.Person;

namespace Contacts.Tests.Segments;

/// <summary>Members are put together by calls, and seen by those who may read them.</summary>
public sealed class StaticSegmentFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly Keeper _keeper = new(contacts);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Members_are_added_and_removed_one_by_one_together_and_by_a_filter()
    {
        var (ann, bob, eve) = (await _keeper.PersonAsync("Ann", "CEO"), await _keeper.PersonAsync("Bob", "CEO"), await _keeper.PersonAsync("Eve"));
        var segment = await _keeper.StaticAsync();
        Assert.Equal((2L, 1L), (await _keeper.AddAsync(segment.Id, ann.Id, eve.Id), await _keeper.AddAsync(segment.Id, bob.Id, eve.Id)));
        Assert.Equal("Ann Bob Eve", await _keeper.NamesAsync(segment.Id));
        var removed = await _keeper.Segments.RemoveSegmentMembersAsync(new RemoveSegmentMembersRequest { SegmentId = segment.Id, Filter = "job_title = \"CEO\"" }, cancellationToken: Token);
        Assert.Equal((2L, "Eve"), (removed.Removed, await _keeper.NamesAsync(segment.Id)));
        var added = await _keeper.Segments.AddSegmentMembersAsync(new AddSegmentMembersRequest { SegmentId = segment.Id, Filter = "job_title = \"CEO\"" }, cancellationToken: Token);
        Assert.Equal(2, added.Added);
        // What passes later does not come by itself.
        await _keeper.PersonAsync("Zoe", "CEO");
        Assert.Equal("Ann Bob Eve", await _keeper.NamesAsync(segment.Id));
        Assert.Equal((2L, 1L), (await _keeper.EventsAsync("SegmentMemberAdded", ann.Id), await _keeper.EventsAsync("SegmentMemberRemoved", ann.Id)));
        Assert.Equal(3, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM audit_entries WHERE resource_id = '{segment.Id}' AND action = 'add_members'"));
    }

    [Fact]
    public async Task A_deleted_record_leaves_and_a_merged_one_hands_its_place_on_until_it_comes_back()
    {
        var (ann, bob, eve) = (await _keeper.PersonAsync("Ann"), await _keeper.PersonAsync("Bob"), await _keeper.PersonAsync("Eve"));
        var segment = await _keeper.StaticAsync();
        await _keeper.AddAsync(segment.Id, ann.Id, bob.Id);
        await _keeper.People.DeletePersonAsync(new DeletePersonRequest { Id = ann.Id }, cancellationToken: Token);
        Assert.Equal("Bob", await _keeper.NamesAsync(segment.Id));
        await _keeper.People.MergePersonAsync(new MergePersonRequest { Id = eve.Id, Merged = { new MergedRecord { Id = bob.Id } } }, cancellationToken: Token);
        Assert.Equal("Eve", await _keeper.NamesAsync(segment.Id));
        await _keeper.People.UnmergePersonAsync(new UnmergePersonRequest { Id = eve.Id }, cancellationToken: Token);
        Assert.Equal("Bob Eve", await _keeper.NamesAsync(segment.Id));
        var mine = await _keeper.Segments.ListSegmentsAsync(new ListSegmentsRequest { RecordId = bob.Id }, cancellationToken: Token);
        Assert.Equal(segment.Id, Assert.Single(mine.Segments).Id);
    }

    [Fact]
    public async Task Who_lists_and_counts_sees_only_members_that_he_may_read()
    {
        await _keeper.PersonAsync("Ann", "CEO");
        var bob = await _keeper.PersonAsync("Bob", "CFO");
        var segment = await _keeper.DynamicAsync("last_name:*");
        var narrow = new SegmentsService.SegmentsServiceClient(_keeper.Restricted(new AccessPolicy
        {
            Id = "p",
            Name = "Nobody else",
            Resource = Keeper.OfPeople,
            Specificity = PolicySpecificity.Role,
            Effect = PolicyEffect.Deny,
            Actions = { "read" },
            Filter = "job_title != \"CEO\"",
        }));
        var members = await narrow.ListSegmentMembersAsync(new ListSegmentMembersRequest { SegmentId = segment.Id }, cancellationToken: Token);
        Assert.Equal("Ann", Assert.Single(members.People).LastName);
        Assert.Equal(1, (await narrow.CountSegmentMembersAsync(new CountSegmentMembersRequest { SegmentId = segment.Id }, cancellationToken: Token)).Count);
        Assert.Empty((await narrow.ListSegmentsAsync(new ListSegmentsRequest { RecordId = bob.Id }, cancellationToken: Token)).Segments);
        var still = await _keeper.StaticAsync();
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", narrow.AddSegmentMembersAsync(
            new AddSegmentMembersRequest { SegmentId = still.Id, RecordIds = { bob.Id } }, cancellationToken: Token));
    }

    [Fact]
    public async Task Nobody_learns_what_is_in_a_hidden_field_from_who_is_a_member()
    {
        await _keeper.PersonAsync("Ann", "CEO");
        var segment = await _keeper.DynamicAsync("job_title = \"CEO\"");
        var calls = _keeper.Restricted(new AccessPolicy
        {
            Id = "p",
            Name = "No titles",
            Resource = Keeper.OfPeople,
            Specificity = PolicySpecificity.Role,
            FieldRules = { new FieldRule { Path = "job_title", Access = FieldAccess.Hidden } },
        });
        var (blind, people) = (new SegmentsService.SegmentsServiceClient(calls), new PeopleService.PeopleServiceClient(calls));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", blind.ListSegmentMembersAsync(new ListSegmentMembersRequest { SegmentId = segment.Id }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", blind.CountSegmentMembersAsync(new CountSegmentMembersRequest { SegmentId = segment.Id }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", blind.CreateSegmentAsync(
            new CreateSegmentRequest { Segment = new Segment { Name = "Guess", Resource = Keeper.OfPeople, Kind = SegmentKind.Dynamic, Filter = "job_title = \"CEO\"" } }, cancellationToken: Token));
        Assert.Empty((await people.ListPeopleAsync(new ListPeopleRequest { Filter = $"segments:\"{segment.Id}\"" }, cancellationToken: Token)).People);
    }

    [Fact]
    public async Task Another_tenant_sees_nothing_and_a_name_is_given_once()
    {
        var segment = await _keeper.StaticAsync();
        var other = new Keeper(contacts);
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", other.Segments.GetSegmentAsync(new GetSegmentRequest { Id = segment.Id }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", other.Segments.ListSegmentMembersAsync(new ListSegmentMembersRequest { SegmentId = segment.Id }, cancellationToken: Token));
        Assert.Empty((await other.Segments.ListSegmentsAsync(new ListSegmentsRequest(), cancellationToken: Token)).Segments);
        await Expect.FailsAsync(StatusCode.AlreadyExists, "SEGMENT_EXISTS", _keeper.Segments.CreateSegmentAsync(
            new CreateSegmentRequest { Segment = new Segment { Name = segment.Name, Resource = Keeper.OfPeople, Kind = SegmentKind.Static } }, cancellationToken: Token));
        var dynamic = await _keeper.DynamicAsync("last_name:*");
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "SEGMENT_DYNAMIC", _keeper.Segments.AddSegmentMembersAsync(
            new AddSegmentMembersRequest { SegmentId = dynamic.Id, Filter = "last_name:*" }, cancellationToken: Token));
        await _keeper.Segments.DeleteSegmentAsync(new DeleteSegmentRequest { Id = dynamic.Id }, cancellationToken: Token);
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", _keeper.Segments.GetSegmentAsync(new GetSegmentRequest { Id = dynamic.Id }, cancellationToken: Token));
    }
}
