using System.Globalization;
using Platform.Dashboard.Storage;
using Platform.Dashboard.Telemetry;
using Platform.Dashboard.Telemetry.Otlp;

namespace Platform.Dashboard.Metrics;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What tells it from the other lines: its attributes.</param>
/// <param name="Points">Its values, the earliest first.</param>
internal sealed record Series(string Name, IReadOnlyList<(DateTimeOffset Time, double Value)> Points);

/// <summary>A metric over time.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it measures.</param>
/// <param name="Unit">What it counts in, such as <c>By/s</c>.</param>
/// <param name="Meter">Who measures.</param>
/// <param name="Series">Its lines, the highest first.</param>
/// <param name="Traces">Traces of which it keeps an example.</param>
internal sealed record Measure(string Name, string Description, string Unit, string Meter, IReadOnlyList<Series> Series, IReadOnlyList<(string Trace, double Value)> Traces);

/// <summary>What resources measure: counters as rates, distributions as their mean.</summary>
internal sealed class Measures(Database database)
{
    private const int MostSeries = 8;
    private const int MostExamples = 5;

    /// <summary>Who has reported.</summary>
    public IReadOnlyList<string> Resources() => database.Read(connection => new Query("SELECT DISTINCT resource FROM metrics").Run(connection, "ORDER BY resource", row => row.GetString(0)));

    public IReadOnlyList<Measure> Of(string resource, DateTimeOffset since) => Charts([.. database.Read(connection => new Query("SELECT time, data FROM metrics")
        .Where("resource = $", resource).Where("time >= $", Micros.Of(since))
        .Run(connection, "ORDER BY id", row => (Micros.Time(row.GetInt64(0)), ResourceMetrics.Parser.ParseFrom(row.Bytes(1)))))]);

    private static List<Measure> Charts(IReadOnlyList<(DateTimeOffset Time, ResourceMetrics Report)> reports)
    {
        var samples = from report in reports
                      from scope in report.Report.ScopeMetrics
                      from metric in scope.Metrics
                      select (report.Time, Meter: scope.Scope?.Name ?? "", Metric: metric);
        return [.. from sample in samples
                   group sample by (sample.Meter, sample.Metric.Name) into metric
                   let last = metric.Last()
                   orderby metric.Key.Meter, metric.Key.Name
                   select new Measure(
                       metric.Key.Name,
                       last.Metric.Description,
                       UnitOf(last.Metric),
                       metric.Key.Meter,
                       SeriesOf(metric.Select(one => (one.Time, one.Metric))),
                       [.. ExamplesOf(last.Metric).TakeLast(MostExamples)])];
    }

    private static List<Series> SeriesOf(IEnumerable<(DateTimeOffset Time, Metric Metric)> reports)
    {
        var points = from report in reports
                     from point in PointsOf(report.Metric)
                     select (point.Name, report.Time, point.Sum, point.Count);
        return [.. points.GroupBy(point => point.Name)
            .Select(line => new Series(line.Key, Curve([.. line.Select(point => (point.Time, point.Sum, point.Count))])))
            .Where(line => line.Points.Count > 0)
            .OrderByDescending(line => line.Points.Max(point => point.Value))
            .Take(MostSeries)];
    }

    // Count is 0 for a level that is shown as it is, -1 for a counter, and else how many values the sum is of.
    private static List<(DateTimeOffset, double)> Curve(IReadOnlyList<(DateTimeOffset Time, double Sum, double Count)> points)
    {
        if (points[^1].Count == 0)
            return [.. points.Select(point => (point.Time, point.Sum))];
        var curve = new List<(DateTimeOffset, double)>();
        for (var index = 1; index < points.Count; index++)
        {
            var (before, now) = (points[index - 1], points[index]);
            // Less than before: the resource was started anew.
            var rise = now.Sum >= before.Sum ? now.Sum - before.Sum : now.Sum;
            var more = now.Count >= before.Count ? now.Count - before.Count : now.Count;
            var seconds = Math.Max(1, (now.Time - before.Time).TotalSeconds);
            curve.Add((now.Time, now.Count < 0 ? rise / seconds : more > 0 ? rise / more : 0));
        }

        return curve;
    }

    private static IEnumerable<(string Name, double Sum, double Count)> PointsOf(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.Select(point => (NameOf(point.Attributes), ValueOf(point), 0d)),
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints.Select(point => (NameOf(point.Attributes), ValueOf(point), metric.Sum.IsMonotonic ? -1d : 0d)),
        Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints.Select(point => (NameOf(point.Attributes), point.Sum, (double)point.Count)),
        _ => [],
    };

    private static IEnumerable<(string Trace, double Value)> ExamplesOf(Metric metric) => metric.DataCase is Metric.DataOneofCase.Histogram
        ? metric.Histogram.DataPoints.SelectMany(point => point.Exemplars).OrderBy(example => example.TimeUnixNano)
            .Select(example => (example.TraceId.TraceId() ?? "", example.AsDouble)).Where(example => example.Item1.Length > 0)
        : [];

    private static double ValueOf(NumberDataPoint point) => point.ValueCase is NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble;

    private static string NameOf(IEnumerable<KeyValue> attributes) => string.Join(", ", attributes.Select(attribute => attribute.Value.Text()).Where(value => value.Length > 0));

    private static string UnitOf(Metric metric)
    {
        var unit = metric.Unit.StartsWith('{') ? metric.Unit.Trim('{', '}') : metric.Unit;
        return metric.DataCase is Metric.DataOneofCase.Sum && metric.Sum.IsMonotonic ? string.Create(CultureInfo.InvariantCulture, $"{unit}/s") : unit;
    }
}
