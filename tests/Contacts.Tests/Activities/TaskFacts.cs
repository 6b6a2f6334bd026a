using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Npgsql;
using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Activities;

/// <summary>Activities as work: tasks, calls and meetings.</summary>
public sealed class TaskFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_task_is_the_work_of_who_writes_it_until_it_is_given_to_another()
    {
        var (ann, person) = (new Member(contacts, _tenant), "");
        person = (await ann.PersonAsync()).Id;
        var task = await ann.WriteAsync(new Activity { PersonId = person, Kind = ActivityKind.Task, Subject = " Call back ", DueTime = Noon.ToTimestamp() });
        Assert.Equal(("Call back", ActivityStatus.Open, ActivityPriority.Normal, $"{ann.Id}", $"{ann.Id}"), (task.Subject, task.Status, task.Priority, task.OwnerId, task.AssigneeId));
        var bob = new Member(contacts, _tenant);
        var given = await ann.ChangeAsync(new Activity { Id = task.Id, Etag = task.Etag, AssigneeId = $"{bob.Id}", Priority = ActivityPriority.High });
        Assert.Equal(($"{bob.Id}", $"{ann.Id}", ActivityPriority.High, task.DueTime), (given.AssigneeId, given.OwnerId, given.Priority, given.DueTime));
        Assert.Equal(given, await bob.ReadAsync(task.Id));
        await Expect.FailsAsync(StatusCode.Aborted, "STALE_ETAG", ann.Activities.UpdateActivityAsync(new UpdateActivityRequest { Activity = new Activity { Id = task.Id, Etag = task.Etag, Subject = "Late" } }, cancellationToken: Token));
        await ann.Activities.DeleteActivityAsync(new DeleteActivityRequest { Id = task.Id, Etag = given.Etag }, cancellationToken: Token);
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", ann.Activities.GetActivityAsync(new GetActivityRequest { Id = task.Id }, cancellationToken: Token));
        Assert.Equal((1L, 1L, 1L), (await contacts.EventsAsync("ActivityCreated", task.Id), await contacts.EventsAsync("ActivityUpdated", task.Id), await contacts.EventsAsync("ActivityDeleted", task.Id)));
    }

    [Fact]
    public async Task What_is_done_is_done_once_however_many_say_so()
    {
        var ann = new Member(contacts, _tenant);
        var task = await ann.WriteAsync(new Activity { PersonId = (await ann.PersonAsync()).Id, Kind = ActivityKind.Task, Subject = "Offer" });
        var done = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ann.DoneAsync(task)));
        Assert.Single(done.Distinct());
        Assert.Equal((ActivityStatus.Done, true), (done[0].Status, done[0].CompleteTime is not null));
        Assert.Equal(1, await contacts.EventsAsync("ActivityCompleted", task.Id));
        var opened = await ann.ChangeAsync(new Activity { Id = task.Id, Status = ActivityStatus.Open });
        Assert.Null(opened.CompleteTime);
        await ann.ChangeAsync(new Activity { Id = task.Id, Status = ActivityStatus.Cancelled });
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "ACTIVITY_CANCELLED", ann.Activities.CompleteActivityAsync(new CompleteActivityRequest { Id = task.Id }, cancellationToken: Token));
    }

    [Fact]
    public async Task Ones_open_tasks_are_listed_by_when_they_are_due()
    {
        var (ann, bob) = (new Member(contacts, _tenant), new Member(contacts, _tenant));
        var person = (await ann.PersonAsync()).Id;
        foreach (var day in new[] { 3, 1, 2 })
            await ann.WriteAsync(TaskOf(person, $"Day {day}", Noon.AddDays(day)));
        await ann.WriteAsync(new Activity(TaskOf(person, "For Bob", Noon)) { AssigneeId = $"{bob.Id}" });
        await bob.WriteAsync(new Activity(TaskOf(person, "For Ann", Noon.AddDays(4))) { AssigneeId = $"{ann.Id}" });
        await ann.WriteAsync(new Activity { PersonId = person, Kind = ActivityKind.Task, Subject = "Some day" });
        await ann.DoneAsync(await ann.WriteAsync(TaskOf(person, "Done", Noon)));
        var mine = new ListActivitiesRequest { Filter = "assignee_id = user.id AND status = ACTIVITY_STATUS_OPEN", OrderBy = "due_time", PageSize = 3 };
        var first = await ann.Activities.ListActivitiesAsync(mine, cancellationToken: Token);
        var second = await ann.Activities.ListActivitiesAsync(new ListActivitiesRequest(mine) { PageToken = first.NextPageToken }, cancellationToken: Token);
        Assert.Equal(["Day 1", "Day 2", "Day 3", "For Ann", "Some day"], first.Activities.Concat(second.Activities).Select(task => task.Subject));
        Assert.Equal(["For Bob"], (await bob.ListAsync(mine)).Select(task => task.Subject));
        Assert.Empty(await new Member(contacts, Guid.CreateVersion7()).ListAsync(new ListActivitiesRequest()));
    }

    [Fact]
    public async Task The_list_of_ones_tasks_is_read_from_an_index_in_its_order()
    {
        await using var connection = new NpgsqlConnection(contacts.Database.Application);
        await connection.OpenAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using var command = new NpgsqlCommand($"""
            SET LOCAL enable_seqscan = off;
            SET LOCAL enable_bitmapscan = off;
            SELECT set_config('platform.tenant_id', '{_tenant}', true);
            EXPLAIN SELECT * FROM activities WHERE tenant_id = '{_tenant}' AND assignee_id = '{Guid.Empty}' AND status = 'Open' ORDER BY due_time, id LIMIT 50
            """, connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(Token);
        await reader.NextResultAsync(Token);
        var plan = new List<string>();
        while (await reader.ReadAsync(Token))
            plan.Add(reader.GetString(0));
        Assert.Contains(plan, line => line.Contains("Index Scan using ix_activities_work", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Sort", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_of_the_past_is_done_and_a_meeting_to_come_is_open()
    {
        var ann = new Member(contacts, _tenant);
        var person = (await ann.PersonAsync()).Id;
        var call = await ann.WriteAsync(new Activity { PersonId = person, Kind = ActivityKind.Call, Subject = "Call", OccurTime = Noon.AddYears(-2).ToTimestamp(), DurationMinutes = 20 });
        var meeting = await ann.WriteAsync(new Activity
        {
            PersonId = person,
            Kind = ActivityKind.Meeting,
            Subject = "Meeting",
            OccurTime = Noon.AddYears(50).ToTimestamp(),
            DurationMinutes = 90,
            ParticipantPersonIds = { person, person },
            ParticipantUserIds = { $"{ann.Id}" },
            ParticipantEmails = { "guest@hooli.example" },
        });
        Assert.Equal((ActivityStatus.Done, ActivityStatus.Open), (call.Status, meeting.Status));
        Assert.Equal([person, $"{ann.Id}", "guest@hooli.example"], meeting.ParticipantPersonIds.Concat(meeting.ParticipantUserIds).Concat(meeting.ParticipantEmails));
        Assert.Equal((20, 90), (call.DurationMinutes, meeting.DurationMinutes));
        Assert.Equal(["Meeting", "Call"], (await ann.ListAsync(new ListActivitiesRequest { PersonId = person })).Select(activity => activity.Subject));
        await ann.ChangeAsync(new Activity { Id = meeting.Id, OccurTime = Noon.AddYears(-3).ToTimestamp() });
        Assert.Equal(["Call", "Meeting"], (await ann.ListAsync(new ListActivitiesRequest { PersonId = person })).Select(activity => activity.Subject));
        var stranger = (await new Member(contacts, Guid.CreateVersion7()).PersonAsync()).Id;
        await RefusedAsync(ann, new Activity { PersonId = person, Kind = ActivityKind.Meeting, Subject = "A", ParticipantPersonIds = { person, stranger } }, "activity.participantPersonIds[1]");
    }

    [Fact]
    public async Task A_note_is_no_work_and_what_the_platform_wrote_stays()
    {
        var ann = new Member(contacts, _tenant);
        var person = (await ann.PersonAsync()).Id;
        Activity note = new() { PersonId = person, Kind = ActivityKind.Note, Subject = "Note" };
        await RefusedAsync(ann, new Activity(note) { DueTime = Noon.ToTimestamp() }, "activity.dueTime");
        await RefusedAsync(ann, new Activity(note) { AssigneeId = $"{ann.Id}" }, "activity.assigneeId");
        await RefusedAsync(ann, new Activity(note) { Kind = ActivityKind.Task, DurationMinutes = 5 }, "activity.durationMinutes");
        var written = await ann.WriteAsync(note);
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "ACTIVITY_NO_WORK", ann.Activities.CompleteActivityAsync(new CompleteActivityRequest { Id = written.Id }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", ann.Activities.UpdateActivityAsync(new UpdateActivityRequest { Activity = new Activity { Id = written.Id, Kind = ActivityKind.Task } }, cancellationToken: Token));
        var told = await ann.WriteAsync(new Activity(note) { Kind = ActivityKind.System });
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "ACTIVITY_READ_ONLY", ann.Activities.UpdateActivityAsync(new UpdateActivityRequest { Activity = new Activity { Id = told.Id, Subject = "Other" } }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "ACTIVITY_READ_ONLY", ann.Activities.DeleteActivityAsync(new DeleteActivityRequest { Id = told.Id }, cancellationToken: Token));
    }

    private static Activity TaskOf(string person, string subject, DateTimeOffset due) => new() { PersonId = person, Kind = ActivityKind.Task, Subject = subject, DueTime = due.ToTimestamp() };

    private static async Task RefusedAsync(Member member, Activity activity, string field)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => member.WriteAsync(activity));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Contains(field, refused.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>().FieldViolations.Select(violation => violation.Field));
    }
}
