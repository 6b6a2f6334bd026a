using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Activity = Platform.Contacts.V1.Activity;

namespace Contacts.Tests.Activities;

/// <summary>Where activities stand, who sees them, and what becomes of them when a record goes.</summary>
public sealed class TimelineFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_timeline_is_narrowed_to_kinds_page_by_page()
    {
        var ann = new Member(contacts, _tenant);
        var person = (await ann.PersonAsync()).Id;
        var time = TimeProvider.System.GetUtcNow().ToTimestamp();
        for (var i = 0; i < 5; i++)
        {
            await ann.WriteAsync(new Activity { PersonId = person, Kind = ActivityKind.Note, Subject = $"Note {i}", OccurTime = time });
            await ann.WriteAsync(new Activity { PersonId = person, Kind = ActivityKind.Task, Subject = $"Task {i}", OccurTime = time });
        }

        var seen = new List<string>();
        for (var request = new ListActivitiesRequest { PersonId = person, Kinds = { ActivityKind.Note }, PageSize = 2 }; ;)
        {
            var page = await ann.Activities.ListActivitiesAsync(request, cancellationToken: Token);
            seen.AddRange(page.Activities.Select(activity => activity.Subject));
            if (page.NextPageToken.Length == 0)
                break;
            request.PageToken = page.NextPageToken;
        }

        Assert.Equal(["Note 4", "Note 3", "Note 2", "Note 1", "Note 0"], seen);
        Assert.Equal(10, (await ann.ListAsync(new ListActivitiesRequest { PersonId = person, Filter = "kind != ACTIVITY_KIND_CALL" })).Count);
    }

    [Fact]
    public async Task Activities_are_about_deals_until_the_deal_goes()
    {
        var ann = new Member(contacts, _tenant);
        var (person, deal) = ((await ann.PersonAsync()).Id, DealsStandIn.Known);
        var alone = await ann.WriteAsync(new Activity { DealId = deal, Kind = ActivityKind.Task, Subject = "Alone" });
        var both = await ann.WriteAsync(new Activity { DealId = deal, PersonId = person, Kind = ActivityKind.Note, Subject = "Both" });
        Assert.Equal(["Both", "Alone"], (await ann.ListAsync(new ListActivitiesRequest { DealId = deal })).Select(activity => activity.Subject));
        Assert.Empty(await ann.ListAsync(new ListActivitiesRequest { DealId = $"{Guid.CreateVersion7()}" }));
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Create(ann, $"{Guid.CreateVersion7()}"));
        await Expect.FailsAsync(StatusCode.Unavailable, "DEALS_UNAVAILABLE", Create(ann, DealsStandIn.Unreachable));
        // One that may come back keeps its timeline, and nobody hangs anything on it meanwhile.
        Assert.Equal("SUCCESS", await contacts.DeliverAsync(_tenant, new DealDeleted { Id = deal, Restorable = true }));
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Create(ann, deal));
        Assert.Equal(deal, (await ann.ReadAsync(alone.Id)).DealId);
        Assert.Equal("SUCCESS", await contacts.DeliverAsync(_tenant, new DealRestored { Id = deal }));
        await Create(ann, deal);
        Assert.Equal(0, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM chores WHERE tenant_id = '{_tenant}' AND subject_id = '{deal}'"));
        Assert.Equal("SUCCESS", await contacts.DeliverAsync(_tenant, new DealDeleted { Id = deal, Restorable = true }));
        await contacts.Database.ExecuteAsync($"UPDATE chores SET due_time = now() WHERE tenant_id = '{_tenant}' AND subject_id = '{deal}'");
        // Another one wakes who does the work.
        Assert.Equal("SUCCESS", await contacts.DeliverAsync(_tenant, new DealDeleted { Id = $"{Guid.CreateVersion7()}", Restorable = true }));
        await Eventually.HoldsAsync(async () => await contacts.EventsAsync("ActivityDeleted", alone.Id) == 1, TimeSpan.FromSeconds(30));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", ann.Activities.GetActivityAsync(new GetActivityRequest { Id = alone.Id }, cancellationToken: Token));
        Assert.Equal(("", person), ((await ann.ReadAsync(both.Id)).DealId, (await ann.ReadAsync(both.Id)).PersonId));
        Assert.Equal(1, await contacts.EventsAsync("ActivityDeleted", alone.Id));
        // Whoever asked for the deal a moment before hangs nothing on it any more.
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Create(ann, deal));
    }

    [Fact]
    public async Task Who_sees_some_deals_only_reads_by_its_id_what_is_on_their_timelines()
    {
        var (ann, bob) = (new Member(contacts, _tenant), Guid.CreateVersion7());
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{bob}",
            Permissions = { "contacts.read", "deals.read" },
            Policies = { new AccessPolicy { Id = "p", Name = "Other deals", Resource = "deals.deal", Specificity = PolicySpecificity.Role, Effect = PolicyEffect.Deny, Actions = { "read" }, Filter = "name = \"Other\"" } },
        });
        var activities = new ActivitiesService.ActivitiesServiceClient(contacts.Grpc(TestTokens.ForPerson(_tenant, bob)));
        var entry = await ann.WriteAsync(new Activity { DealId = DealsStandIn.Known, Kind = ActivityKind.Note, Subject = "Known" });
        var token = TestContext.Current.CancellationToken;
        Assert.Equal(entry.Id, Assert.Single((await activities.ListActivitiesAsync(new ListActivitiesRequest { DealId = entry.DealId }, cancellationToken: token)).Activities).Id);
        Assert.Equal("Known", (await activities.GetActivityAsync(new GetActivityRequest { Id = entry.Id }, cancellationToken: token)).Subject);
        Assert.Empty((await activities.ListActivitiesAsync(new ListActivitiesRequest(), cancellationToken: token)).Activities);
    }

    [Fact]
    public async Task A_task_of_a_merged_person_moves_and_comes_back()
    {
        var ann = new Member(contacts, _tenant);
        var (stays, part) = (await ann.PersonAsync(), await ann.PersonAsync());
        var task = await ann.WriteAsync(new Activity { PersonId = part.Id, Kind = ActivityKind.Task, Subject = "Task" });
        await ann.People.MergePersonAsync(new MergePersonRequest { Id = stays.Id, Merged = { new MergedRecord { Id = part.Id } } }, cancellationToken: Token);
        var moved = Assert.Single(await ann.ListAsync(new ListActivitiesRequest { PersonId = part.Id }));
        Assert.Equal((task.Id, stays.Id), (moved.Id, moved.PersonId));
        Assert.Equal(stays.Id, (await ann.WriteAsync(new Activity { PersonId = part.Id, Kind = ActivityKind.Note, Subject = "By the old id" })).PersonId);
        await ann.DoneAsync(moved);
        await ann.People.UnmergePersonAsync(new UnmergePersonRequest { Id = stays.Id }, cancellationToken: Token);
        var back = Assert.Single(await ann.ListAsync(new ListActivitiesRequest { PersonId = part.Id }));
        Assert.Equal((task.Id, part.Id, ActivityStatus.Done), (back.Id, back.PersonId, back.Status));
    }

    [Fact]
    public async Task Of_a_record_that_one_may_not_see_only_ones_own_work_is_known()
    {
        var (ann, sam) = (new Member(contacts, _tenant), new Member(contacts, _tenant).Under(Own("contacts.person")));
        var person = (await ann.PersonAsync()).Id;
        var secret = await ann.WriteAsync(new Activity { PersonId = person, Kind = ActivityKind.Note, Subject = "Secret" });
        var work = await ann.WriteAsync(new Activity { PersonId = person, Kind = ActivityKind.Task, Subject = "For Sam", AssigneeId = $"{sam.Id}" });
        Assert.Equal([work.Id], (await sam.ListAsync(new ListActivitiesRequest())).Select(activity => activity.Id));
        Assert.Empty(await sam.ListAsync(new ListActivitiesRequest { PersonId = person }));
        Assert.Equal(work, await sam.ReadAsync(work.Id));
        foreach (var call in new AsyncUnaryCall<Activity>[]
        {
            sam.Activities.GetActivityAsync(new GetActivityRequest { Id = secret.Id }, cancellationToken: Token),
            sam.Activities.UpdateActivityAsync(new UpdateActivityRequest { Activity = new Activity { Id = secret.Id, Subject = "Mine" } }, cancellationToken: Token),
            sam.Activities.CompleteActivityAsync(new CompleteActivityRequest { Id = secret.Id }, cancellationToken: Token),
        })
            await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", call);
        await sam.DoneAsync(work);
    }

    [Fact]
    public async Task Policies_narrow_activities_themselves_and_do_not_stop_what_follows_from_other_changes()
    {
        var (ann, sam) = (new Member(contacts, _tenant), new Member(contacts, _tenant).Under(Own("contacts.activity")));
        var (person, company) = (await sam.PersonAsync(), await sam.Companies.CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = $"Company {_tenant}" } }, cancellationToken: Token));
        var theirs = await ann.WriteAsync(new Activity { PersonId = person.Id, Kind = ActivityKind.Note, Subject = "Theirs" });
        var both = await ann.WriteAsync(new Activity { PersonId = person.Id, CompanyId = company.Id, Kind = ActivityKind.Note, Subject = "Of both" });
        var own = await sam.WriteAsync(new Activity { PersonId = person.Id, Kind = ActivityKind.Note, Subject = "Own" });
        Assert.Equal([own.Id], (await sam.ListAsync(new ListActivitiesRequest { PersonId = person.Id })).Select(activity => activity.Id));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", sam.Activities.DeleteActivityAsync(new DeleteActivityRequest { Id = theirs.Id }, cancellationToken: Token));
        await sam.People.DeletePersonAsync(new DeletePersonRequest { Id = person.Id }, cancellationToken: Token);
        Assert.Equal([both.Id], (await ann.ListAsync(new ListActivitiesRequest())).Select(activity => activity.Id));
        Assert.Equal(("", company.Id), ((await ann.ReadAsync(both.Id)).PersonId, (await ann.ReadAsync(both.Id)).CompanyId));
    }

    private static AsyncUnaryCall<Activity> Create(Member member, string deal) => member.Activities.CreateActivityAsync(
        new CreateActivityRequest { Activity = new Activity { DealId = deal, Kind = ActivityKind.Note, Subject = "Note" } }, cancellationToken: Token);

    private static AccessPolicy Own(string resource) => new()
    {
        Id = resource,
        Name = "Own",
        Resource = resource,
        Specificity = PolicySpecificity.Role,
        Effect = PolicyEffect.Allow,
        Actions = { "read", "update" },
        Filter = "owner_id = user.id",
    };
}
