using CsCheck;
using Dapr.Workflow.Tests.Harness;
using Platform.DurableTask;
using Platform.Sidecar.Workflow.Core;
using Platform.Sidecar.Workflow.Engine;
using Platform.Sidecar.Workflow.Storage;
using Xunit;

namespace Dapr.Workflow.Tests;

/// <summary>What holds for the engine's core whatever happens in whatever order.</summary>
public sealed class EngineProperties
{
    private const string Id = "instance";

    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What can happen to an instance.</summary>
    private enum Step
    {
        RaiseEvent,
        AnswerActivity,
        AnswerAgain,
        Turn,
        TurnThatSchedules,
        TurnThatStartsOver,
        Flush,
    }

    private static readonly Gen<(Step Step, int Number)[]> Stories = Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 5]).Array[1, 60];

    [Fact]
    public Task What_is_written_is_what_is_read() => Stories.SampleAsync(async story =>
    {
        var (state, store, keys) = (Started(), new MemoryStore(), new InstanceKeys("app", "default"));
        var image = new InstanceImage();
        foreach (var (step, number) in story.Append((Step.Flush, 0)))
        {
            if (step != Step.Flush)
            {
                Play(state, step, number);
                continue;
            }

            var rows = new List<RowChange>();
            image.Advance(keys, state, rows);
            Assert.Equal(rows.Count, rows.Select(row => row.Key).Distinct().Count());
            await store.Transact([.. rows.Select(row => row.ToStateChange())], CancellationToken.None);
            await AssertSameAsync(state, new InstanceReader(store, keys, "app"));
        }
    }, iter: 300);

    [Fact]
    public void An_instance_stays_in_memory_until_its_rows_are_written()
    {
        var instance = new Instance(null!, Started());
        var durable = instance.MarkDirty();
        Assert.False(instance.IsIdle);
        var flush = instance.BeginFlush();
        Assert.False(instance.IsIdle);
        instance.EndFlush(flush.Status);
        Assert.True(instance.IsIdle);
        Assert.False(durable.IsCompleted);
    }

    [Fact]
    public Task A_deleted_instance_leaves_no_row() => Stories.SampleAsync(async story =>
    {
        var (state, store, keys) = (Started(), new MemoryStore(), new InstanceKeys("app", "default"));
        var image = new InstanceImage();
        foreach (var (step, number) in story.Where(one => one.Step != Step.Flush))
        {
            Play(state, step, number);
            await FlushAsync(image, keys, state, store);
        }

        state.History.Clear();
        state.Inbox.Clear();
        state.CustomStatus = null;
        await FlushAsync(image, keys, state, store);
        Assert.Equal(0, store.Count);
    }, iter: 100);

    [Fact]
    public void No_event_is_lost_or_doubled_and_nothing_is_answered_twice() => Stories.Sample(story =>
    {
        var state = Started();
        var raised = 0;
        foreach (var (step, number) in story)
        {
            if (step == Step.RaiseEvent)
                raised++;
            Play(state, step, number, raised);
            var names = state.History.Concat(state.Inbox).Select(entry => entry.EventRaised?.Input).OfType<string>().ToList();
            Assert.Equal(Enumerable.Range(1, raised).Select(one => $"{one}").ToHashSet(), names.ToHashSet());
            Assert.Equal(raised, names.Count);

            var answers = state.History.Select(entry => entry.Answers()).OfType<int>().ToList();
            Assert.Equal(answers.Count, answers.Distinct().Count());
            Assert.Empty(answers.Except(state.History.Where(entry => entry.IsAsked()).Select(entry => entry.EventId)));
        }
    }, iter: 1000);

    private static InstanceState Started()
    {
        var state = new InstanceState("app", Id);
        var started = HistoryEvents.New(Now);
        started.ExecutionStarted = new ExecutionStartedEvent
        {
            Name = "W",
            WorkflowInstance = new WorkflowInstance { InstanceId = Id, ExecutionId = "first" },
        };
        state.Inbox.Add(started);
        return state;
    }

    private static void Play(InstanceState state, Step step, int number, int raised = 0)
    {
        switch (step)
        {
            case Step.RaiseEvent:
                var entry = HistoryEvents.New(Now);
                entry.EventRaised = new EventRaisedEvent { Name = "event", Input = $"{raised}" };
                state.Inbox.Add(entry);
                break;
            case Step.AnswerActivity or Step.AnswerAgain:
                var answer = HistoryEvents.New(Now);
                answer.TaskCompleted = new TaskCompletedEvent { TaskScheduledId = number, Result = "" };
                state.Inbox.Add(answer);
                break;
            default:
                RunTurn(state, step, number);
                break;
        }
    }

    private static void RunTurn(InstanceState state, Step step, int number)
    {
        var turn = TurnInput.Of(state, Now);
        var response = new WorkflowResponse { InstanceId = Id, CustomStatus = $"{number}" };
        if (step == Step.TurnThatSchedules)
        {
            var next = state.History.Where(entry => entry.IsAsked()).Select(entry => entry.EventId + 1).DefaultIfEmpty(0).Max();
            response.Actions.Add(new WorkflowAction { Id = next, ScheduleTask = new ScheduleTaskAction { Name = "A" } });
        }

        if (step == Step.TurnThatStartsOver)
        {
            var completion = new CompleteWorkflowAction { WorkflowStatus = OrchestrationStatus.ContinuedAsNew, Result = "again" };
            completion.CarryoverEvents.AddRange(state.History.Concat(turn.Events).Where(entry => entry.EventRaised is not null));
            response.Actions.Add(new WorkflowAction { Id = 1000, CompleteWorkflow = completion });
        }

        TurnResult.Apply(state, turn, response, Now);
    }

    private static async Task FlushAsync(InstanceImage image, InstanceKeys keys, InstanceState state, MemoryStore store)
    {
        var rows = new List<RowChange>();
        image.Advance(keys, state, rows);
        await store.Transact([.. rows.Select(row => row.ToStateChange())], CancellationToken.None);
    }

    private static async Task AssertSameAsync(InstanceState state, InstanceReader reader)
    {
        var read = (await reader.Read([Id], CancellationToken.None))[0];
        Assert.Equal(state.History, read.History);
        Assert.Equal(state.Inbox, read.Inbox);
        Assert.Equal(state.CustomStatus, read.CustomStatus);
        Assert.Equal(state.Generation, read.Generation);
        Assert.Equal(state.Status, read.Status);
    }
}
