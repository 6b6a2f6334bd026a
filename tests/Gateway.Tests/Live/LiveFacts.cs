using Platform.Communications.V1;
using Platform.Gateway.Live;
using Platform.Testing;
using Xunit;

namespace Gateway.Tests.Live;

/// <summary>What changes is told to whoever looks at it and may see it, at every gateway, and to nobody else.</summary>
public sealed class LiveFacts(LiveFixture gateways) : IClassFixture<LiveFixture>
{
    private readonly Guid _company = Guid.CreateVersion7();
    private readonly Guid _record = Guid.CreateVersion7();

    private string Room => $"contacts.person/{_record}";

    [Fact]
    public async Task A_change_is_told_in_its_rooms_at_every_gateway_and_in_no_other_company()
    {
        await using var here = await AsAsync(gateways.Rest);
        await using var there = await AsAsync(gateways.Second);
        await using var stranger = await AsAsync(gateways.Second, company: Guid.CreateVersion7());
        foreach (var listener in (Listener[])[here, there, stranger])
        {
            Assert.Null(await JoinedAsync(listener, Room));
            Assert.Null(await JoinedAsync(listener, "contacts.person"));
        }

        gateways.Live.Change(_company, "contacts.person", _record);
        foreach (var listener in (Listener[])[here, there])
        {
            await Eventually.HoldsAsync(() => listener.Hints.Any(hint => hint.Room == "contacts.person" && hint.Actor is null && hint.Time is null));
            await listener.HearsAsync(Room);
        }

        // The timeline is of the record, and of no list.
        gateways.Live.Change(_company, "contacts.person", _record, ChangeKind.Timeline);
        gateways.Live.Change(_company, "deals.deal", Guid.CreateVersion7());
        await Eventually.HoldsAsync(() => here.Told == 3);
        Assert.Equal((Room, Hint.Timeline), Assert.Single(here.Hints.Select(hint => (hint.Room, hint.Kind))));
        Assert.Empty(stranger.Hints);
    }

    [Fact]
    public async Task What_may_not_be_seen_is_neither_joined_nor_told()
    {
        var user = Guid.CreateVersion7();
        await using var listener = await AsAsync(gateways.Rest, user);
        gateways.Live.Hidden[$"{user} {_record}"] = true;
        gateways.Live.Hidden[$"{user} finance.invoice"] = true;
        Assert.Equal(["NOT_FOUND", "PERMISSION_DENIED", "INVALID_ROOM", "INVALID_ROOM", "INVALID_ROOM"],
            [await JoinedAsync(listener, Room), await JoinedAsync(listener, "finance.invoice"), await JoinedAsync(listener, "tenants.access"), await JoinedAsync(listener, "board/x"), await JoinedAsync(listener, $"contacts.person/{_record}/x")]);

        // What was seen and is not any more is gone, as if it were deleted.
        gateways.Live.Hidden.TryRemove($"{user} {_record}", out _);
        Assert.Null(await JoinedAsync(listener, Room));
        Assert.Null(await JoinedAsync(listener, "contacts.person"));
        gateways.Live.Hidden[$"{user} {_record}"] = true;
        gateways.Live.Change(_company, "contacts.person", _record);
        await listener.HearsAsync(Room, Hint.Gone);
        gateways.Live.Hidden[$"{user} contacts.person"] = true;
        gateways.Live.Change(_company, "tenants.access", null);
        await listener.HearsAsync("contacts.person", Hint.Gone);
        gateways.Live.Hidden[$"{user}"] = true;
        gateways.Live.Change(_company, "tenants.access", null, user: $"{user}");
        await Eventually.HoldsAsync(() => listener.End == "MEMBERSHIP_LOST" && !listener.IsConnected);
    }

    [Fact]
    public async Task The_board_of_a_pipeline_is_there_for_whoever_sees_the_pipeline()
    {
        var (user, pipeline) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var board = $"board/{pipeline}";
        await using var member = await AsAsync(gateways.Second);
        Assert.Null(await JoinedAsync(member, board));
        await using var outsider = await AsAsync(gateways.Rest, user);
        gateways.Live.Hidden[$"{user} {pipeline}"] = true;
        Assert.Equal("NOT_FOUND", await JoinedAsync(outsider, board));
        Assert.False(outsider.People.ContainsKey(board));
        gateways.Live.Hidden.TryRemove($"{user} {pipeline}", out _);
        Assert.Null(await JoinedAsync(outsider, board));
        await Eventually.HoldsAsync(() => outsider.People.GetValueOrDefault(board)?.Count == 2);

        // Who left the team, and then: the pipeline was given to another one.
        gateways.Live.Hidden[$"{user} {pipeline}"] = true;
        gateways.Live.Change(_company, "tenants.access", null, user: $"{user}");
        await outsider.HearsAsync(board, Hint.Gone);
        gateways.Live.Hidden.TryRemove($"{user} {pipeline}", out _);
        Assert.Null(await JoinedAsync(outsider, board));
        gateways.Live.Hidden[$"{user} {pipeline}"] = true;
        gateways.Live.Change(_company, "deals.deal", null);
        await outsider.HearsAsync(board, Hint.Gone);
        gateways.Live.Hidden[$"{user} deals.deal"] = true;
        Assert.Equal("PERMISSION_DENIED", await JoinedAsync(outsider, board));
    }

    [Fact]
    public async Task Who_comes_back_learns_what_has_changed_meanwhile_at_whichever_gateway()
    {
        await using (var before = await AsAsync(gateways.Rest))
            Assert.Null(await JoinedAsync(before, Room));
        var other = gateways.Live.Change(_company, "contacts.person", Guid.CreateVersion7());
        await using (var unchanged = await AsAsync(gateways.Second))
            Assert.False((await unchanged.JoinAsync(Room, $"{other}")).Changed);
        gateways.Live.Change(_company, "contacts.person", _record);
        await using var changed = await AsAsync(gateways.Second);
        Assert.True((await changed.JoinAsync(Room, $"{other}")).Changed);
        // A cursor that nobody here knows: anything may have changed.
        Assert.True((await changed.JoinAsync("contacts.company", "900")).Changed);
        Assert.True((await changed.JoinAsync("contacts.company", "x")).Changed);

        // What is lost on the way is asked for as soon as something else comes, or somebody says so.
        await changed.JoinAsync("contacts.company", $"{other}");
        gateways.Live.Change(_company, "contacts.person", _record, ChangeKind.Deleted, isLost: true);
        gateways.Live.Change(_company, "contacts.company", Guid.CreateVersion7());
        await Eventually.HoldsAsync(() => changed.Hints.Any(hint => hint.Room == "contacts.company"));
        await changed.HearsAsync(Room, Hint.Gone);
        gateways.Live.Change(_company, "contacts.company", Guid.CreateVersion7(), isLost: true);
        gateways.Live.Tell(new WatchChangesResponse { Missed = true });
        await changed.HearsAsync("contacts.company");
    }

    [Fact]
    public async Task People_see_who_looks_at_the_same_and_machines_are_seen_by_nobody()
    {
        var (ann, bob) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var here = await AsAsync(gateways.Rest, ann, "Ann");
        await using var machine = await Listener.ConnectAsync(gateways.Rest, TestTokens.ForPerson(_company, Guid.CreateVersion7()));
        Assert.Null(await JoinedAsync(here, Room));
        Assert.Null(await JoinedAsync(machine, Room));
        await using (var there = await AsAsync(gateways.Second, bob, "Bob"))
        {
            Assert.Null(await JoinedAsync(there, Room));
            foreach (var listener in (Listener[])[here, there, machine])
                await Eventually.HoldsAsync(() => listener.People.GetValueOrDefault(Room)?.Select(person => person.Name).SequenceEqual(["Ann", "Bob"]) is true);
            await there.LeaveAsync(Room);
            await Eventually.HoldsAsync(() => here.People[Room].Count == 1);
            Assert.Null(await JoinedAsync(there, Room));
            await Eventually.HoldsAsync(() => here.People[Room].Count == 2);
        }

        await Eventually.HoldsAsync(() => here.People[Room] is [{ Name: "Ann" }]);
    }

    [Fact]
    public async Task Nobody_takes_more_than_a_share()
    {
        var user = Guid.CreateVersion7();
        await using var first = await AsAsync(gateways.Rest, user);
        for (var room = 0; room < 5; room++)
            Assert.Null(await JoinedAsync(first, $"contacts.person/{Guid.CreateVersion7()}"));
        Assert.Equal("TOO_MANY_ROOMS", await JoinedAsync(first, "contacts.person"));
        for (var call = 0; call < 20; call++)
            await first.LeaveAsync("deals.deal");
        Assert.Equal("RATE_LIMITED", await JoinedAsync(first, "contacts.person"));
        await using var second = await AsAsync(gateways.Rest, user);
        await using var third = await AsAsync(gateways.Rest, user);
        await using var fourth = await AsAsync(gateways.Rest, user);
        await Eventually.HoldsAsync(() => fourth.End == "TOO_MANY_CONNECTIONS" && !fourth.IsConnected);
        Assert.True(first.IsConnected && second.IsConnected && third.IsConnected);
        // More than four kilobytes in one message.
        await Assert.ThrowsAnyAsync<Exception>(() => second.JoinAsync(new string('x', 5_000)));
        await Eventually.HoldsAsync(() => !second.IsConnected);
    }

    [Fact]
    public async Task A_token_that_expires_and_one_of_no_company_end_the_connection()
    {
        await using var brief = await Listener.ConnectAsync(gateways.Rest, LiveFixture.TokenOf(_company, Guid.CreateVersion7(), "Ann", DateTime.UtcNow.AddSeconds(2)));
        await using var nobodys = await Listener.ConnectAsync(gateways.Rest, TestTokens.Create(new Dictionary<string, object> { ["sub"] = $"{Guid.CreateVersion7()}" }));
        await Eventually.HoldsAsync(() => nobodys.End == "TENANT_NEEDED" && !nobodys.IsConnected);
        await Eventually.HoldsAsync(() => brief.End == "TOKEN_EXPIRED" && !brief.IsConnected);
        await Assert.ThrowsAnyAsync<Exception>(() => Listener.ConnectAsync(gateways.Rest, null));
    }

    [Fact]
    public async Task What_one_person_is_told_is_no_others()
    {
        var user = Guid.CreateVersion7();
        await using var listener = await AsAsync(gateways.Rest, user);
        await using var other = await AsAsync(gateways.Rest);
        foreach (var connection in (Listener[])[listener, other])
            Assert.Null(await JoinedAsync(connection, "contacts.person"));
        gateways.Live.Change(_company, "communications.notification", null, user: $"{user}");
        await listener.HearsAsync("notifications");
        gateways.Live.Change(_company, "contacts.person", _record);
        await Eventually.HoldsAsync(() => other.Told == 2);
        Assert.DoesNotContain(other.Hints, hint => hint.Room == "notifications");
    }

    private Task<Listener> AsAsync(Uri gateway, Guid? user = null, string name = "Ann", Guid? company = null) =>
        Listener.ConnectAsync(gateway, LiveFixture.TokenOf(company ?? _company, user ?? Guid.CreateVersion7(), name));

    // Null where it was let in.
    private static async Task<string?> JoinedAsync(Listener listener, string room) => (await listener.JoinAsync(room)).Error?.Code;
}
