using System.Globalization;
using Platform.Dashboard.Storage;

namespace Platform.Dashboard.ConsoleLogs;

/// <summary>Which lines are asked for.</summary>
/// <param name="Resources">Those of these resources; of all when empty.</param>
/// <param name="Text">Those with this text.</param>
/// <param name="Least">Those at least as serious.</param>
internal sealed record ConsoleFilter(IReadOnlyList<string> Resources, string? Text, Level Least)
{
    public Query Ask(string select) => new Query(select)
        .Where("resource IN (SELECT value FROM json_each($))", Resources.Count == 0 ? null : System.Text.Json.JsonSerializer.Serialize(Resources))
        .Where("level >= $", Least > Level.Trace ? (int)Least : null)
        .Containing("text", Text);
}

/// <summary>A line of output as it is kept.</summary>
internal sealed record ConsoleLine(long Id, string Resource, DateTimeOffset Time, Level Level, string Text);

/// <summary>The output of all resources, of this run and of earlier ones.</summary>
internal sealed class ConsoleLines(DashboardStore store)
{
    private const string Select = "SELECT id, resource, time, level, text FROM console";

    /// <summary>The last lines, oldest first.</summary>
    public IReadOnlyList<ConsoleLine> Last(ConsoleFilter filter, int limit) => store.Database.Read(connection =>
    {
        var lines = Run(filter.Ask(Select), connection, $"ORDER BY id DESC LIMIT {limit.ToString(CultureInfo.InvariantCulture)}");
        lines.Reverse();
        return lines;
    });

    /// <summary>The lines after a line, oldest first.</summary>
    public IReadOnlyList<ConsoleLine> After(long id, ConsoleFilter filter, int limit) => store.Database.Read(connection =>
        Run(filter.Ask(Select).Where("id > $", id), connection, $"ORDER BY id LIMIT {limit.ToString(CultureInfo.InvariantCulture)}"));

    /// <summary>Forgets the lines of some resources; of all when none is named. The log files stay.</summary>
    public Task ClearAsync(IReadOnlyList<string> resources) => store.RunAsync(connection =>
        new ConsoleFilter(resources, null, Level.Trace).Ask("DELETE FROM console").Run(connection, "", static row => 0));

    private static List<ConsoleLine> Run(Query query, Microsoft.Data.Sqlite.SqliteConnection connection, string order) => query.Run(connection, order, row => new ConsoleLine(
        row.GetInt64(0), row.GetString(1), Micros.Time(row.GetInt64(2)), (Level)row.GetInt32(3), row.GetString(4)));
}
