using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Communications.V1;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Records.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

using Client = Platform.Communications.V1.LiveService.LiveServiceClient;

namespace Communications.Tests.Live;

/// <summary>What changes is kept in order for some minutes, and told to whoever watches at any replica.</summary>
public sealed class LiveFacts(CommunicationsFixture communications) : IClassFixture<CommunicationsFixture>
{
    private readonly Guid _company = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_are_counted_one_by_one_and_name_nothing_but_records()
    {
        var (deal, person, activity, machine, user) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        IMessage[] events =
        [
            new DealCreated { Deal = new Deal { Id = $"{deal}", Name = "Secret" } },
            new ActivityCreated { Activity = new Activity { Id = $"{activity}", PersonId = $"{person}", Subject = "Secret" } },
            new RecordDeleted { Id = $"{machine}", Resource = "records.machine" },
            new PersonMerged { Person = new Person { Id = $"{person}" }, MergedIds = { $"{user}" } },
            new NotificationsChanged { UserId = $"{user}" },
            new Platform.Finance.V1.InvoiceCreated { Invoice = new Platform.Finance.V1.Invoice { Id = $"{deal}" } },
            new Platform.Finance.V1.InvoiceIssued { Invoice = new Platform.Finance.V1.Invoice { Id = $"{deal}" } },
            new Platform.Finance.V1.InvoiceDeleted { Id = $"{deal}" },
            new DealDeleted { Id = "no id" },
        ];
        foreach (var message in events)
            Assert.Equal("SUCCESS", await communications.DeliverAsync(_company, message, causedBy: user));
        var kept = await ListAsync();
        Assert.Equal((8, 8, 0), (kept.Batches.Count, kept.Cursor, kept.CompleteAfter));
        Assert.Equal([1L, 2, 3, 4, 5, 6, 7, 8], kept.Batches.Select(batch => batch.Cursor));
        Assert.Equal(
            [("deals.deal", $"{deal}", ChangeKind.Created), ("contacts.activity", $"{activity}", ChangeKind.Created), ("contacts.person", $"{person}", ChangeKind.Timeline), ("records.machine", $"{machine}", ChangeKind.Deleted),
             ("contacts.person", $"{person}", ChangeKind.Updated), ("contacts.person", $"{user}", ChangeKind.Deleted), ("communications.notification", "", ChangeKind.Updated),
             ("finance.invoice", $"{deal}", ChangeKind.Created), ("finance.invoice", $"{deal}", ChangeKind.Updated), ("finance.invoice", $"{deal}", ChangeKind.Deleted)],
            kept.Batches.SelectMany(batch => batch.Changes).Select(change => (change.Resource, change.Id, change.Kind)));
        Assert.All(kept.Batches.SelectMany(batch => batch.Changes), change => Assert.Equal($"{user}", change.ActorId));
        Assert.Equal([4L, 5, 6, 7, 8], (await ListAsync(3)).Batches.Select(batch => batch.Cursor));
        Assert.DoesNotContain("Secret", kept.ToString(), StringComparison.Ordinal);
        // Another company has a log of its own.
        Assert.Equal((0L, 0), (await As(Guid.CreateVersion7()).ListChangesAsync(new ListChangesRequest(), cancellationToken: Token)) is { } none ? (none.Cursor, none.Batches.Count) : default);
    }

    [Fact]
    public async Task What_stands_beside_records_is_told_to_whoever_looks_at_them()
    {
        var (ann, bob, acme, activity, machine) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var related = Guid.CreateVersion7();
        var relation = new Relation { Id = $"{related}", FromPersonId = $"{ann}", ToCompanyId = $"{acme}", Label = "Secret" };
        (IMessage Event, (string, Guid, ChangeKind)[] Told)[] all =
        [
            (new RelationCreated { Relation = relation }, [("contacts.relation", related, ChangeKind.Created), ("contacts.person", ann, ChangeKind.Timeline), ("contacts.company", acme, ChangeKind.Timeline)]),
            (new RelationUpdated { Relation = relation }, [("contacts.relation", related, ChangeKind.Updated), ("contacts.person", ann, ChangeKind.Timeline), ("contacts.company", acme, ChangeKind.Timeline)]),
            (new RelationDeleted { Id = $"{related}", Relation = new Relation { Id = $"{related}", FromPersonId = $"{ann}", ToPersonId = $"{bob}" } }, [("contacts.relation", related, ChangeKind.Deleted), ("contacts.person", ann, ChangeKind.Timeline), ("contacts.person", bob, ChangeKind.Timeline)]),
            (new ActivityUpdated { Activity = new Activity { Id = $"{activity}", PersonId = $"{ann}" }, Left = new ActivityTargets { PersonId = $"{bob}" } },
                [("contacts.activity", activity, ChangeKind.Updated), ("contacts.person", ann, ChangeKind.Timeline), ("contacts.person", bob, ChangeKind.Timeline)]),
            (new ActivityDeleted { Id = $"{activity}", Left = new ActivityTargets { CompanyId = $"{acme}" } }, [("contacts.activity", activity, ChangeKind.Deleted), ("contacts.company", acme, ChangeKind.Timeline)]),
            (new NoteWritten { Resource = "records.machine", RecordId = $"{machine}", Text = "Secret" }, [("records.machine", machine, ChangeKind.Timeline)]),
            (new NoteDeleted { Resource = "records.machine", RecordId = $"{machine}" }, [("records.machine", machine, ChangeKind.Timeline)]),
        ];
        foreach (var (message, told) in all)
        {
            var before = (await ListAsync()).Cursor;
            Assert.Equal("SUCCESS", await communications.DeliverAsync(_company, message));
            var kept = await ListAsync(before);
            Assert.Equal(told.Select(change => (change.Item1, $"{change.Item2}", change.Item3)), kept.Batches.SelectMany(batch => batch.Changes).Select(change => (change.Resource, change.Id, change.Kind)));
            Assert.DoesNotContain("Secret", kept.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whoever_watches_at_any_replica_hears_of_all_that_is_kept()
    {
        await using var replica = communications.StartReplica();
        using var here = Watch(communications.Services);
        using var there = Watch(replica.Services);
        await UntilItListensAsync(there);
        var events = Enumerable.Range(0, 150).Select(_ => (_company, (IMessage)new LeadUpdated { Lead = new Lead { Id = $"{Guid.CreateVersion7()}" } }, (Guid?)Guid.CreateVersion7())).ToList();
        var statuses = await Task.WhenAll(events.Chunk(50).Select(some => communications.DeliverInBulkAsync(some)));
        Assert.All(statuses.SelectMany(status => status), status => Assert.Equal("SUCCESS", status));
        var kept = await ListAsync();
        // Far fewer than events, none of them lost, and of many at once only the kind is told.
        Assert.InRange(kept.Batches.Count, 1, 100);
        Assert.Contains(kept.Batches.SelectMany(batch => batch.Changes), change => change is { Resource: "contacts.lead", Id: "" });
        foreach (var watcher in (Platform.Communications.Live.LiveChannel.Watcher[])[here, there])
        {
            var heard = new SortedSet<long>();
            await Eventually.HoldsAsync(() =>
            {
                while (watcher.Messages.TryRead(out var told))
                {
                    if (told.Batch is { } batch && told.TenantId == $"{_company}")
                        heard.Add(batch.Cursor);
                }

                return heard.SequenceEqual(kept.Batches.Select(batch => batch.Cursor));
            });
        }
    }

    [Fact]
    public async Task Only_the_account_of_the_gateways_watches()
    {
        foreach (var client in (Client[])[new(communications.GrpcFor(_company, "communications.watch", "communications.read")), new(communications.Grpc(TestTokens.ForService("communications.read"), ("x-tenant-id", $"{_company}")))])
        {
            using var stream = client.WatchChanges(new WatchChangesRequest(), cancellationToken: Token);
            await RefusedAsync(stream.ResponseStream.MoveNext(Token));
            await RefusedAsync(client.ListChangesAsync(new ListChangesRequest(), cancellationToken: Token).ResponseAsync);
            await RefusedAsync(client.TellPresenceAsync(new TellPresenceRequest(), cancellationToken: Token).ResponseAsync);
        }

        using var watched = new Client(communications.Grpc(TestTokens.ForService("communications.watch"))).WatchChanges(new WatchChangesRequest(), cancellationToken: Token);
        Assert.True(await watched.ResponseStream.MoveNext(Token));
        Assert.Equal("", watched.ResponseStream.Current.TenantId);
        await As(_company).TellPresenceAsync(new TellPresenceRequest { Presences = { new Presence { Room = "contacts.person/x", UserName = "Ann" } } }, cancellationToken: Token);
        do
            Assert.True(await watched.ResponseStream.MoveNext(Token));
        while (watched.ResponseStream.Current.Presence is null || watched.ResponseStream.Current.TenantId != $"{_company}");
        Assert.Equal("Ann", watched.ResponseStream.Current.Presence.UserName);
        var many = await Assert.ThrowsAsync<RpcException>(() => As(_company).TellPresenceAsync(new TellPresenceRequest { Presences = { Enumerable.Range(0, 16).Select(_ => new Presence()) } }, cancellationToken: Token).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, many.StatusCode);
    }

    // A replica that has just begun hears nothing yet of what others tell; it will say that something was missed.
    private Task UntilItListensAsync(Platform.Communications.Live.LiveChannel.Watcher watcher) => Eventually.HoldsAsync(async () =>
    {
        await As(_company).TellPresenceAsync(new TellPresenceRequest { Presences = { new Presence { Room = "contacts.person/x", UserName = "Ann" } } }, cancellationToken: Token);
        while (watcher.Messages.TryRead(out var told))
        {
            if (told.Presence is not null && told.TenantId == $"{_company}")
                return true;
        }

        return false;
    });

    private static Platform.Communications.Live.LiveChannel.Watcher Watch(IServiceProvider services) => services.GetRequiredService<Platform.Communications.Live.LiveChannel>().Open();

    private static async Task RefusedAsync(Task call) => Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);

    private async Task<ListChangesResponse> ListAsync(long after = 0) => await As(_company).ListChangesAsync(new ListChangesRequest { AfterCursor = after }, cancellationToken: Token);

    private Client As(Guid company) => new(communications.Grpc(TestTokens.ForService("communications.watch"), ("x-tenant-id", $"{company}")));
}
