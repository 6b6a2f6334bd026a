using System.Diagnostics;
using System.Runtime.Versioning;
using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Platform.Dashboard.ConsoleLogs;
using Platform.Dashboard.Logs;
using Platform.Dashboard.Storage;
using Platform.Dashboard.Telemetry.Otlp;
using Platform.Dashboard.Traces;
using Xunit;
using TraceFilter = Platform.Dashboard.Traces.TraceFilter;

namespace AppHost.Tests.Dashboard;

/// <summary>What is kept, for how long, and how fast it is found.</summary>
public sealed class StoreFacts : IDisposable
{
    private readonly TestFolder _folder = new();

    private string FilePath => _folder["dashboard.db"];

    [Fact]
    public async Task What_was_heard_is_still_there_after_a_restart()
    {
        await using (var store = new DashboardStore(FilePath))
            store.Add(new ConsoleEntry("web", 1, Level.Warning, "almost empty"));
        await using var again = new DashboardStore(FilePath);
        var line = Assert.Single(new ConsoleLines(again).Last(new ConsoleFilter([], "EMPTY", Level.Trace), 10));
        Assert.Equal(("web", Level.Warning, "almost empty"), (line.Resource, line.Level, line.Text));
    }

    [Fact]
    public async Task A_spoilt_file_is_begun_anew()
    {
        await File.WriteAllTextAsync(FilePath, new string('x', 10_000), TestContext.Current.CancellationToken);
        await using var store = new DashboardStore(FilePath);
        store.Add(new ConsoleEntry("web", 1, Level.Information, "hello"));
        await store.FlushAsync();
        Assert.Single(new ConsoleLines(store).Last(new ConsoleFilter([], null, Level.Trace), 10));
    }

    [Fact]
    public async Task A_file_of_another_version_is_begun_anew()
    {
        await using (var connection = new SqliteConnection($"Data Source={FilePath}"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE console (line TEXT); PRAGMA user_version = 1;";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var store = new DashboardStore(FilePath);
        store.Add(new ConsoleEntry("web", 1, Level.Information, "hello"));
        await store.FlushAsync();
        Assert.Single(new ConsoleLines(store).Last(new ConsoleFilter([], null, Level.Trace), 10));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_its_owner_can_read_what_was_heard()
    {
        await File.WriteAllTextAsync(FilePath, "", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        foreach (var path in new[] { FilePath, _folder["new.db"] })
        {
            await using var store = new DashboardStore(path);
            store.Add(new ConsoleEntry("web", 1, Level.Information, "hello"));
            await store.FlushAsync();
            foreach (var file in new[] { path, path + "-wal", path + "-shm" })
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Who_only_looks_changes_nothing()
    {
        var spoilt = _folder["spoilt.db"];
        await File.WriteAllTextAsync(spoilt, new string('x', 10_000), TestContext.Current.CancellationToken);
        Assert.Throws<SqliteException>(() => new Traces(new Database(spoilt, readOnly: true)).Latest(new TraceFilter(), 10));
        Assert.Equal(10_000, new FileInfo(spoilt).Length);

        await using (var store = new DashboardStore(FilePath))
        {
            store.Add(SpanOf(0));
            await store.FlushAsync();
            Assert.Single(new Traces(new Database(FilePath, readOnly: true)).Latest(new TraceFilter(), 10));
        }

        Assert.Single(new Traces(new Database(FilePath, readOnly: true)).Latest(new TraceFilter(), 10));
    }

    [Fact]
    public async Task A_span_that_comes_twice_is_kept_once()
    {
        await using var store = new DashboardStore(FilePath);
        foreach (var number in new[] { 0, 1, 0, 1 })
            store.Add(SpanOf(number));
        await store.FlushAsync();
        var traces = new Traces(store.Database);
        var trace = Assert.Single(traces.Latest(new TraceFilter(), 10));
        Assert.Equal((2, 2), (trace.Spans, traces.SpansOf(trace.Id).Count));
    }

    [Fact]
    public async Task Of_a_trace_without_end_the_first_spans_are_read()
    {
        await using var store = new DashboardStore(FilePath);
        for (var number = 0; number < Traces.MostSpans + 100; number++)
            store.Add(SpanOf(number) with { Trace = new string('a', 32) });
        await store.FlushAsync();
        var traces = new Traces(store.Database);
        var spans = traces.SpansOf(new string('a', 32));
        Assert.Equal((Traces.MostSpans, "Step 0 of many"), (spans.Count, spans[0].Name));
        Assert.Equal(Traces.MostSpans + 100, traces.CountOf(new string('a', 32)));
    }

    [Theory]
    [InlineData("a- ba cb", "a0 b1 c2")]
    [InlineData("a- a- ba ba cb cb", "a0 b1 c2")]
    [InlineData("a- ba ab", "a0 b1")]
    [InlineData("ab ba cc dx", "c0 d0 a0 b1")]
    public void Every_span_stands_in_the_waterfall_once(string spans, string rows)
    {
        // Each is its own letter and that of its parent.
        KeptSpan[] kept = [.. spans.Split(' ').Select((span, i) => new KeptSpan(
            $"{span[0]}", span[1] == '-' ? null : $"{span[1]}", "web", $"{span[0]}", SpanKind.Server, DateTimeOffset.UnixEpoch.AddSeconds(i), TimeSpan.FromSeconds(1), false, new Span()))];
        Assert.Equal(rows, string.Join(' ', Waterfall.Of(kept).Select(row => $"{row.Span.Id}{row.Depth}")));
    }

    [Fact]
    public async Task The_oldest_makes_room_for_the_latest()
    {
        await using var store = new DashboardStore(FilePath, new Limits(Console: 100, Spans: 100));
        for (var number = 0; number < 3_000; number++)
        {
            store.Add(new ConsoleEntry("web", number, Level.Information, $"line {number}"));
            store.Add(SpanOf(number));
        }

        await store.RunAsync(connection =>
        {
            using var writer = new EntryWriter(connection, new Limits(Console: 100, Spans: 100));
            writer.Forget();
        });
        var lines = new ConsoleLines(store).Last(new ConsoleFilter([], null, Level.Trace), 10_000);
        Assert.Equal((100, "line 2999"), (lines.Count, lines[^1].Text));
        Assert.Equal(50, new Traces(store.Database).Latest(new TraceFilter(Background: true), 10_000).Count);
    }

    [Fact]
    public async Task Services_that_ask_for_work_all_the_time_do_not_drive_out_what_people_do()
    {
        await using var store = new DashboardStore(FilePath, new Limits(Spans: 2_000, Background: 50));
        store.Add(SpanOf(0));
        for (var number = 10; number < 4_000; number++)
            store.Add(SpanOf(number) with { Parent = null, Trace = $"{number:x32}", Kind = 3 });
        await store.RunAsync(connection =>
        {
            using var writer = new EntryWriter(connection, new Limits(Spans: 2_000, Background: 50));
            writer.Forget();
        });
        Assert.Single(new Traces(store.Database).Latest(new TraceFilter(), 10));
        Assert.Equal(51, new Traces(store.Database).Latest(new TraceFilter(Background: true), 10_000).Count);
    }

    [Fact]
    public async Task Ten_thousand_spans_and_a_hundred_thousand_lines_are_searched_without_a_stall()
    {
        await using var store = new DashboardStore(FilePath);
        for (var number = 0; number < 100_000; number++)
        {
            store.Add(new ConsoleEntry("web", number, Level.Information, $"12:00:00.000 info: Shop.Orders[0] Order {number} was taken by somebody who has waited for it"));
            if (number % 10 == 0)
                store.Add(SpanOf(number / 10));
            // As fast as it is written, or the oldest that wait would be lost.
            if (number % 10_000 == 0)
                await store.FlushAsync();
        }

        await store.FlushAsync();
        // The rarest words, which the whole of what is kept is looked through for.
        Assert.Single(await FoundWithin(() => new ConsoleLines(store).Last(new ConsoleFilter([], "Order 99998 ", Level.Trace), 1000)));
        Assert.Empty(await FoundWithin(() => new ConsoleLines(store).Last(new ConsoleFilter(["web"], "no such words", Level.Trace), 1000)));
        Assert.Single(await FoundWithin(() => new Traces(store.Database).Latest(new TraceFilter(Text: "Step 4711", Background: true), 100)));
        Assert.Equal(100, (await FoundWithin(() => new Traces(store.Database).Latest(new TraceFilter(Background: true), 100))).Count);
        Assert.Empty(await FoundWithin(() => new LogRecords(store.Database).Latest(new LogFilter(null, "nothing", Level.Trace, null), 100)));
    }

    public void Dispose() => _folder.Dispose();

    // The best of three: what is measured is the search, and not who else uses the machine.
    private static Task<IReadOnlyList<T>> FoundWithin<T>(Func<IReadOnlyList<T>> search)
    {
        IReadOnlyList<T> found = [];
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            found = search();
            best = new[] { best, Stopwatch.GetElapsedTime(begun) }.Min();
        }

        Assert.True(best < TimeSpan.FromMilliseconds(500), $"It took {best.TotalMilliseconds:0} ms.");
        return Task.FromResult(found);
    }

    // Two spans a trace.
    private static SpanEntry SpanOf(int number) => new(
        "web", number, $"{number / 2:x32}", $"{number:x16}", number % 2 == 0 ? null : $"{number - 1:x16}", $"Step {number} of many", 2, 5, false, new Span { Name = $"Step {number}" }.ToByteArray());
}
