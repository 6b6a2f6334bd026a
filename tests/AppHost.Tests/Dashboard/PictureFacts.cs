using Google.Protobuf.WellKnownTypes;
using Platform.Dashboard;
using Platform.Dashboard.ConsoleLogs;
using Platform.Dashboard.Resources;
using Platform.Dashboard.Storage;
using Platform.Dashboard.Telemetry.Otlp;
using Platform.Dashboard.Traces;
using Platform.Dashboard.Workflows;
using Platform.DurableTask;
using Xunit;

namespace AppHost.Tests.Dashboard;

/// <summary>How what was heard is put in order for people.</summary>
public sealed class PictureFacts
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_waterfall_puts_spans_under_their_parents_and_orphans_at_the_top()
    {
        var rows = Waterfall.Of([Span("a", null, 0, 100), Span("c", "b", 20, 10), Span("b", "a", 10, 40), Span("d", "a", 60, 40), Span("x", "lost", 70, 5)]);
        Assert.Equal([("a", 0), ("b", 1), ("c", 2), ("d", 1), ("x", 0)], rows.Select(row => (row.Span.Id, row.Depth)));
        Assert.Equal((0.2, 0.1), (rows[2].Start, rows[2].Share));
    }

    [Fact]
    public void Whoever_needs_something_stands_to_the_right_of_it()
    {
        var resources = ((string[])["web", "postgres", "api"]).Select(Resource).ToList();
        Edge[] edges = [new("web", "api", true), new("api", "postgres", true), new("api", "web", false)];
        var nodes = GraphLayout.Of(resources, GraphLayout.WithoutCircles(edges)).ToDictionary(node => node.Resource.Name, node => node.Column);
        Assert.Equal((0, 1, 2), (nodes["postgres"], nodes["api"], nodes["web"]));
    }

    [Fact]
    public void A_saga_is_read_with_its_tries_its_failure_and_what_undoes_it()
    {
        var steps = Timeline.Of(
        [
            Scheduled(0, "CreateInvoice", "one"),
            new HistoryEvent { EventId = -1, Timestamp = At(1), TaskFailed = new TaskFailedEvent { TaskScheduledId = 0, FailureDetails = new TaskFailureDetails { ErrorType = "Timeout", ErrorMessage = "away" } } },
            new HistoryEvent { EventId = 1, Timestamp = At(1), TimerCreated = new TimerCreatedEvent { FireAt = At(2), ActivityRetry = new TimerOriginActivityRetry { TaskExecutionId = "one" } } },
            Scheduled(2, "CreateInvoice", "one"),
            Completed(2, """{"Succeeded":true,"Error":""}"""),
            Scheduled(3, "IssueInvoice", "two"),
            Completed(3, """{"Succeeded":false,"Error":"The company has no address."}"""),
            Scheduled(4, "DiscardDraft", "three"),
            Completed(4, """{"Succeeded":true}"""),
        ]);
        Assert.Equal([("CreateInvoice", 2, null, false), ("IssueInvoice", 1, "The company has no address.", false), ("DiscardDraft", 1, null, true)],
            steps.Select(step => (step.Name, step.Attempts, step.Error, step.IsCompensation)));
    }

    [Theory]
    [InlineData("12:00:00.000 fail: Shop.Orders[0] no", "Error")]
    [InlineData("warn: little fuel", "Warning")]
    [InlineData("2026-05-04 12:00:00 UTC [12] FATAL:  the database system is starting up", "Critical")]
    [InlineData("2026-05-04 12:00:00.1 [error] <0.1.0> gone", "Error")]
    [InlineData("nothing of that kind", "Information")]
    public void A_line_says_how_serious_it_is(string line, string level) => Assert.Equal(level, ConsoleText.LevelOf(line).ToString());

    private static KeptSpan Span(string id, string? parent, int start, int length) =>
        new(id, parent, "web", id, SpanKind.Server, Noon.AddMilliseconds(start), TimeSpan.FromMilliseconds(length), false, new Span());

    private static RunningResource Resource(string name) => new(name, "Program", "Running", true, null, null, null, Noon, [], [], false);

    private static HistoryEvent Scheduled(int id, string name, string execution) =>
        new() { EventId = id, Timestamp = At(id), TaskScheduled = new TaskScheduledEvent { Name = name, TaskExecutionId = execution } };

    private static HistoryEvent Completed(int id, string result) =>
        new() { EventId = -1, Timestamp = At(id + 1), TaskCompleted = new TaskCompletedEvent { TaskScheduledId = id, Result = result } };

    private static Timestamp At(int seconds) => Timestamp.FromDateTimeOffset(Noon.AddSeconds(seconds));
}
