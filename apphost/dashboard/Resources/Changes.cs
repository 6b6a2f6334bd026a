using System.Globalization;
using Platform.Dashboard.Storage;

namespace Platform.Dashboard.Resources;

/// <summary>What a resource came to, and when.</summary>
internal sealed record Change(DateTimeOffset Time, string Mood, string Words, string? Detail);

/// <summary>The history of resources' states and health, of this run and of earlier ones.</summary>
internal sealed class Changes(Database database)
{
    /// <summary>The latest first.</summary>
    public IReadOnlyList<Change> Of(string resource, int limit) => database.Read(connection =>
        new Query("SELECT time, mood, words, detail FROM change").Where("resource = $", resource)
            .Run(connection, $"ORDER BY id DESC LIMIT {limit.ToString(CultureInfo.InvariantCulture)}", row => new Change(
                Micros.Time(row.GetInt64(0)), row.GetString(1), row.GetString(2), row.TextOrNull(3))));
}
