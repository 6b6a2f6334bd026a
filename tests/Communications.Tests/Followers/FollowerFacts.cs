using Google.Protobuf;
using Grpc.Core;
using Platform.Communications.V1;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Records.V1;
using Platform.Testing;
using Xunit;

namespace Communications.Tests.Followers;

/// <summary>Who hears of what happens to records: who follows them and may see them, and never who did it.</summary>
public sealed class FollowerFacts(CommunicationsFixture communications) : IClassFixture<CommunicationsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();
    private readonly Guid _ann = Guid.CreateVersion7();
    private readonly Guid _bob = Guid.CreateVersion7();
    private readonly Guid _eve = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_is_followed_by_who_says_so_and_by_its_owner_until_they_say_otherwise()
    {
        var deal = Record(_ann, _ann, _bob);
        Assert.Equal([(_ann, true)], Followers(await As(_bob).ListFollowersAsync(Of(deal), cancellationToken: Token), following: false));
        for (var again = 0; again < 2; again++)
            Assert.Equal([(_ann, true), (_bob, false)], Followers(await As(_bob).FollowRecordAsync(new FollowRecordRequest { Resource = "deals.deal", RecordId = deal }, cancellationToken: Token), following: true));
        Assert.Equal([(_bob, false)], Followers(await As(_ann).UnfollowRecordAsync(new UnfollowRecordRequest { Resource = "deals.deal", RecordId = deal }, cancellationToken: Token), following: false));
        Assert.Equal([(_ann, true), (_bob, false)], Followers(await As(_ann).FollowRecordAsync(new FollowRecordRequest { Resource = "deals.deal", RecordId = deal }, cancellationToken: Token), following: true));
        // What cannot be seen cannot be followed, and what cannot be followed is named.
        await FailsAsync(StatusCode.NotFound, As(_bob).FollowRecordAsync(new FollowRecordRequest { Resource = "deals.deal", RecordId = $"{Guid.CreateVersion7()}" }, cancellationToken: Token));
        await FailsAsync(StatusCode.InvalidArgument, As(_bob).FollowRecordAsync(new FollowRecordRequest { Resource = "finance.invoice", RecordId = deal }, cancellationToken: Token));
        await FailsAsync(StatusCode.InvalidArgument, As(_bob).ListFollowersAsync(new ListFollowersRequest { Resource = "deals.deal", RecordId = "all" }, cancellationToken: Token));
        var elsewhere = new FollowersService.FollowersServiceClient(communications.Grpc(TestTokens.ForPerson(Guid.CreateVersion7(), _eve, "deals.read")));
        Assert.DoesNotContain((await elsewhere.ListFollowersAsync(Of(deal), cancellationToken: Token)).Followers, follower => !follower.IsOwner);
    }

    [Fact]
    public async Task What_happens_to_a_record_is_told_together_until_it_is_read_and_never_to_who_did_it()
    {
        var deal = Record(_ann, _ann, _bob, _eve);
        foreach (var user in (Guid[])[_bob, _eve])
            await As(user).FollowRecordAsync(new FollowRecordRequest { Resource = "deals.deal", RecordId = deal }, cancellationToken: Token);
        var eventId = Guid.CreateVersion7();
        foreach (var id in (Guid[])[eventId, eventId, Guid.CreateVersion7()])
            await DeliverAsync(new DealStageChanged { Id = deal, Name = "Big one", FromStageId = $"{Guid.CreateVersion7()}", StageId = $"{Guid.CreateVersion7()}" }, _bob, id);
        await DeliverAsync(new ActivityCreated { Activity = Note(deal, "Came back", seen: [_ann, _bob, _eve]), Restored = true }, _bob);
        await DeliverAsync(new ActivityCreated { Activity = Note(deal, "Lunch", seen: [_ann, _bob, _eve]) }, _bob);
        Assert.Empty(await ToldAsync(_bob));
        var told = Assert.Single(await ToldAsync(_ann));
        Assert.Equal(("crm.news", 3, "New note: Lunch", deal, $"{_bob}"), (told.Kind, told.Count, told.Title, told.Data.Fields["record"].StringValue, told.Data.Fields["actor"].StringValue));
        await Notices(_ann).MarkNotificationsReadAsync(new MarkNotificationsReadRequest(), cancellationToken: Token);
        // Eve may not see stages any more, and Ann may not see the deal: neither hears of it.
        communications.Sight.Hidden[(_eve, "deals.deal.stage_id")] = 0;
        communications.Sight.SeenBy[deal] = [_bob, _eve];
        await DeliverAsync(new DealStageChanged { Id = deal, Name = "Big one", StageId = $"{Guid.CreateVersion7()}" }, null);
        Assert.Equal((3, 1, 1), (Assert.Single(await ToldAsync(_eve)).Count, (await ToldAsync(_ann)).Count, Assert.Single(await ToldAsync(_bob)).Count));
        await DeliverAsync(new DealDeleted { Id = deal, Restorable = true }, _bob);
        Assert.True(await communications.Database.QueryAsync<long>($"SELECT count(*) FROM followers WHERE record_id = '{deal}'") > 0);
        await DeliverAsync(new DealDeleted { Id = deal }, _bob);
        Assert.Equal(0, await communications.Database.QueryAsync<long>($"SELECT count(*) FROM followers WHERE record_id = '{deal}'"));
    }

    [Fact]
    public async Task Whoever_is_spoken_to_hears_of_it_and_follows_the_record_if_they_may_see_it()
    {
        var person = Record(null, _ann, _bob);
        var note = Note("", "@Bob, @Eve: call", seen: [_ann, _bob, _eve], person);
        note.MentionedUserIds.Add([$"{_ann}", $"{_bob}", $"{_eve}"]);
        await DeliverAsync(new ActivityCreated { Activity = note }, _ann);
        Assert.Empty(await ToldAsync(_ann));
        Assert.Empty(await ToldAsync(_eve));
        var told = Assert.Single(await ToldAsync(_bob));
        Assert.Equal(("crm.mention", "You were mentioned: @Bob, @Eve: call", note.Id, "contacts.person"), (told.Kind, told.Title, told.Data.Fields["entry"].StringValue, told.Data.Fields["resource"].StringValue));
        Assert.Equal([(_bob, false)], Followers(await As(_bob).ListFollowersAsync(new ListFollowersRequest { Resource = "contacts.person", RecordId = person }, cancellationToken: Token), following: true));
        // Who said that they do not want to hear of it is told when spoken to, and does not follow it again. Subjects are hidden from Bob now.
        await As(_bob).UnfollowRecordAsync(new UnfollowRecordRequest { Resource = "contacts.person", RecordId = person }, cancellationToken: Token);
        communications.Sight.Hidden[(_bob, "contacts.activity.subject")] = 0;
        var next = Note("", "Secret", seen: [_bob], person);
        await DeliverAsync(new ActivityUpdated { Activity = next, MentionedUserIds = { $"{_bob}" } }, _ann);
        await DeliverAsync(new ActivityUpdated { Activity = next }, _ann);
        await DeliverAsync(new ActivityCreated { Activity = Note("", "More", seen: [_bob], person) }, _ann);
        var both = await ToldAsync(_bob);
        Assert.Equal(["You were mentioned", "You were mentioned: @Bob, @Eve: call"], both.Select(notice => notice.Title));
        Assert.DoesNotContain("Secret", both[0].ToString(), StringComparison.Ordinal);
        // An entry that policies hide tells nobody of itself.
        await DeliverAsync(new ActivityUpdated { Activity = Note("", "Hidden", seen: [], person), MentionedUserIds = { $"{_bob}" } }, _ann);
        Assert.Equal(2, (await ToldAsync(_bob)).Count);
    }

    [Fact]
    public async Task A_hundred_records_handed_over_are_one_notification_for_the_old_and_the_new_owner()
    {
        for (var i = 0; i < 3; i++)
            await DeliverAsync(new Platform.Records.V1.OwnerChanged { Resource = "records.machine", Id = Record(_bob, _ann, _bob, _eve), Name = $"Press {i}", FromOwnerId = $"{_ann}", OwnerId = $"{_bob}" }, _eve);
        Assert.Empty(await ToldAsync(_eve));
        var (former, current) = (Assert.Single(await ToldAsync(_ann)), Assert.Single(await ToldAsync(_bob)));
        Assert.Equal((3, "Press 2 is looked after by somebody else"), (former.Count, former.Title));
        Assert.Equal((3, "You look after Press 2 now", true), (current.Count, current.Title, current.Data.Fields["mine"].BoolValue));
    }

    [Fact]
    public async Task Who_followed_what_was_merged_or_converted_follows_what_it_became()
    {
        var (lead, merged, person) = (Record(null, _bob), Record(null, _eve), Record(null, _bob, _eve));
        await As(_bob).FollowRecordAsync(new FollowRecordRequest { Resource = "contacts.lead", RecordId = lead }, cancellationToken: Token);
        await As(_eve).FollowRecordAsync(new FollowRecordRequest { Resource = "contacts.person", RecordId = merged }, cancellationToken: Token);
        await DeliverAsync(new LeadConverted { LeadId = lead, PersonId = person }, _ann);
        await DeliverAsync(new PersonMerged { Person = new Person { Id = person }, MergedIds = { merged } }, _ann);
        var followers = (await As(_bob).ListFollowersAsync(new ListFollowersRequest { Resource = "contacts.person", RecordId = person }, cancellationToken: Token)).Followers;
        Assert.Equal(((string[])[$"{_bob}", $"{_eve}"]).Order(), followers.Select(follower => follower.UserId).Order());
        await DeliverAsync(new Platform.Tenants.V1.MemberChanged { UserId = $"{_eve}", Removed = true }, _ann);
        Assert.Equal(0, await communications.Database.QueryAsync<long>($"SELECT count(*) FROM followers WHERE user_id = '{_eve}'"));
    }

    [Fact]
    public async Task While_the_owner_of_a_record_is_away_the_event_comes_again_and_is_told_once()
    {
        var (deal, message, id) = (Record(_ann, _ann), new DealStageChanged { Name = "Late" }, Guid.CreateVersion7());
        message.Id = deal;
        communications.Sight.IsAway = true;
        try
        {
            Assert.Equal("RETRY", await communications.DeliverAsync(_tenant, message, id, _bob));
        }
        finally
        {
            communications.Sight.IsAway = false;
        }

        await DeliverAsync(message, _bob, id);
        await DeliverAsync(message, _bob, id);
        Assert.Equal(1, Assert.Single(await ToldAsync(_ann)).Count);
    }

    [Fact]
    public async Task Of_more_people_than_one_question_may_name_each_is_told_once()
    {
        var deal = Record(_ann, _ann, _bob);
        await As(_bob).FollowRecordAsync(new FollowRecordRequest { Resource = "deals.deal", RecordId = deal }, cancellationToken: Token);
        await communications.Database.ExecuteAsync($"INSERT INTO followers (tenant_id, resource, record_id, user_id, follows, follow_time) SELECT '{_tenant}', 'deals.deal', '{deal}', gen_random_uuid(), true, now() FROM generate_series(1, 1100)");
        await DeliverAsync(new DealStageChanged { Id = deal, Name = "Everybody's", StageId = $"{Guid.CreateVersion7()}" }, _eve);
        Assert.All([await ToldAsync(_ann), await ToldAsync(_bob)], told => Assert.Equal(1, Assert.Single(told).Count));
    }

    [Fact]
    public async Task Notifications_are_read_while_more_of_the_same_joins_them()
    {
        var deal = Record(_ann, _ann);
        var calls = Enumerable.Range(0, 12).SelectMany(_ => (Task[])
        [
            DeliverAsync(new DealStageChanged { Id = deal, Name = "Busy", StageId = $"{Guid.CreateVersion7()}" }, _bob),
            Notices(_ann).MarkNotificationsReadAsync(new MarkNotificationsReadRequest(), cancellationToken: Token).ResponseAsync,
        ]);
        await Task.WhenAll(calls);
        Assert.Equal(0, (await Notices(_ann).MarkNotificationsReadAsync(new MarkNotificationsReadRequest(), cancellationToken: Token)).Unread);
        Assert.Equal(12, (await ToldAsync(_ann)).Sum(notice => notice.Count));
    }

    private string Record(Guid? owner, params Guid[] seenBy)
    {
        var id = $"{Guid.CreateVersion7()}";
        communications.Sight.SeenBy[id] = [.. seenBy];
        if (owner is { } person)
            communications.Sight.Owners[id] = person;
        return id;
    }

    private Activity Note(string deal, string subject, Guid[] seen, string person = "") => new() { Id = Record(null, seen), DealId = deal, PersonId = person, Kind = ActivityKind.Note, Subject = subject };

    private async Task DeliverAsync(IMessage message, Guid? actor, Guid? id = null) => Assert.Equal("SUCCESS", await communications.DeliverAsync(_tenant, message, id, actor));

    private FollowersService.FollowersServiceClient As(Guid user) => new(communications.Grpc(TestTokens.ForPerson(_tenant, user, "contacts.read")));

    private NotificationsService.NotificationsServiceClient Notices(Guid user) => new(communications.Grpc(TestTokens.ForPerson(_tenant, user, "contacts.read")));

    private async Task<IReadOnlyList<Notification>> ToldAsync(Guid user) => [.. (await Notices(user).ListNotificationsAsync(new ListNotificationsRequest(), cancellationToken: Token)).Notifications];

    private static ListFollowersRequest Of(string deal) => new() { Resource = "deals.deal", RecordId = deal };

    private static List<(Guid, bool)> Followers(ListFollowersResponse answer, bool following)
    {
        Assert.Equal(following, answer.Following);
        return [.. answer.Followers.Select(follower => (Guid.Parse(follower.UserId), follower.IsOwner))];
    }

    private static async Task FailsAsync<T>(StatusCode status, AsyncUnaryCall<T> call) => Assert.Equal(status, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
}
