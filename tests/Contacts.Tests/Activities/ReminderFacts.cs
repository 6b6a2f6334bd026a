using Google.Protobuf.WellKnownTypes;
using Npgsql;
using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Activities;

/// <summary>Somebody is told of an activity when its time has come: once, or not at all any more.</summary>
public sealed class ReminderFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static Timestamp Past => TimeProvider.System.GetUtcNow().AddMinutes(-1).ToTimestamp();

    private static Timestamp Future => TimeProvider.System.GetUtcNow().AddDays(1).ToTimestamp();

    [Fact]
    public async Task The_assignee_is_told_once_however_many_processes_look()
    {
        await using var replica = contacts.StartReplica();
        var (ann, bob) = (new Member(contacts, _tenant), Guid.CreateVersion7());
        var person = (await ann.PersonAsync()).Id;
        var tasks = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => ann.WriteAsync(Reminding(person, i % 2 == 0 ? "" : $"{bob}", Past))));
        await Eventually.HoldsAsync(async () => await ChoresAsync() == 0, Patience);
        foreach (var task in tasks)
            Assert.Equal(1, await contacts.EventsAsync("ActivityReminded", task.Id));
        Assert.Equal(6, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{_tenant}' AND type LIKE '%.ActivityReminded' AND data::text LIKE '%{bob}%'"));
        // What was told is not told again, whatever else changes.
        await ann.ChangeAsync(new Activity { Id = tasks[0].Id, Subject = "Another" });
        await ann.DoneAsync(new Activity { Id = tasks[0].Id });
        await ann.ChangeAsync(new Activity { Id = tasks[0].Id, Status = ActivityStatus.Open });
        Assert.Equal(0, await ChoresAsync());
    }

    [Fact]
    public async Task A_reminder_that_another_process_has_left_is_told()
    {
        var ann = new Member(contacts, _tenant);
        var task = await ann.WriteAsync(Reminding((await ann.PersonAsync()).Id, "", Future));
        await contacts.Database.ExecuteAsync($"UPDATE chores SET due_time = now() WHERE tenant_id = '{_tenant}'");
        await WakeAsync(ann);
        await Eventually.HoldsAsync(async () => await contacts.EventsAsync("ActivityReminded", task.Id) == 1, Patience);
    }

    [Fact]
    public async Task A_reminder_does_not_wait_while_the_records_of_a_company_are_compared()
    {
        var token = TestContext.Current.CancellationToken;
        var (ann, large) = (new Member(contacts, _tenant), Guid.CreateVersion7());
        var person = (await ann.PersonAsync()).Id;
        await using var source = NpgsqlDataSource.Create(contacts.Database.Owner);
        await using var connection = await source.OpenConnectionAsync(token);
        await using var holding = await connection.BeginTransactionAsync(token);
        // A sweep reads the rules first, and so takes as long as this is held.
        await using var hold = new NpgsqlCommand("LOCK TABLE duplicate_rule_sets IN ACCESS EXCLUSIVE MODE", connection, holding);
        await hold.ExecuteNonQueryAsync(token);
        await new DuplicatesService.DuplicatesServiceClient(contacts.GrpcFor(large, "contacts.import")).SweepDuplicatesAsync(new SweepDuplicatesRequest(), cancellationToken: token);
        await Eventually.HoldsAsync(async () => await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM chores WHERE tenant_id = '{large}' AND due_time > now() + interval '5 minutes'") == 1, Patience);
        var task = await ann.WriteAsync(Reminding(person, "", Past));
        await Eventually.HoldsAsync(async () => await contacts.EventsAsync("ActivityReminded", task.Id) == 1, Patience);
    }

    [Fact]
    public async Task A_reminder_moves_with_its_time_and_ends_with_the_work()
    {
        var ann = new Member(contacts, _tenant);
        var person = (await ann.PersonAsync()).Id;
        var (moved, done, gone, without) = (await ann.WriteAsync(Reminding(person, "", Future)), await ann.WriteAsync(Reminding(person, "", Future)), await ann.WriteAsync(Reminding(person, "", Future)), await ann.WriteAsync(Reminding(person, "", Future)));
        await ann.ChangeAsync(new Activity { Id = without.Id }, "remind_time");
        Assert.Equal(3, await ChoresAsync());
        await ann.DoneAsync(done);
        await ann.Activities.DeleteActivityAsync(new DeleteActivityRequest { Id = gone.Id }, cancellationToken: TestContext.Current.CancellationToken);
        await contacts.Database.ExecuteAsync($"UPDATE chores SET due_time = now() WHERE tenant_id = '{_tenant}' AND subject_id <> '{moved.Id}'");
        await ann.ChangeAsync(new Activity { Id = moved.Id, RemindTime = Past });
        await Eventually.HoldsAsync(async () => await ChoresAsync() == 0, Patience);
        Assert.Equal((1L, 0L, 0L, 0L), (
            await contacts.EventsAsync("ActivityReminded", moved.Id), await contacts.EventsAsync("ActivityReminded", done.Id),
            await contacts.EventsAsync("ActivityReminded", gone.Id), await contacts.EventsAsync("ActivityReminded", without.Id)));
    }

    // Another one wakes who does the work.
    private static async Task WakeAsync(Member member) => await member.WriteAsync(Reminding((await member.PersonAsync()).Id, "", Past));

    private Task<long> ChoresAsync() => contacts.Database.QueryAsync<long>($"SELECT count(*) FROM chores WHERE tenant_id = '{_tenant}'");

    private static Activity Reminding(string person, string assignee, Timestamp remind) =>
        new() { PersonId = person, Kind = ActivityKind.Task, Subject = "Call back", AssigneeId = assignee, RemindTime = remind };
}
