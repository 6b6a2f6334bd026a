using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Platform.Sidecar.Observability;

/// <summary>What one app's sidecar counts, under daprd's names; nothing is counted while nobody can read it.</summary>
internal sealed class AppMetrics(string app, string @namespace, bool isRead)
{
    // Names that callers choose must not fill the memory.
    private const int MostSeries = 5_000;

    private readonly ConcurrentDictionary<Key, Series> _series = new();

    /// <summary>The app's namespace, a label of most metrics.</summary>
    public string Namespace { get; } = @namespace;

    public bool IsRead { get; } = isRead;

    public void Count(Metric metric, string first = "", string second = "", string third = "", string fourth = "", string fifth = "") =>
        Find(new Key(metric, first, second, third, fourth, fifth))?.Add();

    /// <summary>Notes that there are so many more, or fewer, than just before.</summary>
    public void Change(Metric gauge, int by, string label) => Find(new Key(gauge, label, "", "", "", ""))?.Change(by);

    public void Observe(Metric metric, TimeSpan elapsed, string first = "", string second = "", string third = "", string fourth = "", string fifth = "") =>
        Find(new Key(metric, first, second, third, fourth, fifth))?.Add(elapsed.TotalMilliseconds);

    /// <summary>Runs an operation on a component, and notes how it went and how long it took.</summary>
    public async Task<T> Measure<T>(Metric count, Metric latency, string component, string operation, Func<Task<T>> run)
    {
        if (!IsRead)
            return await run();
        var started = Stopwatch.GetTimestamp();
        var success = "false";
        try
        {
            var result = await run();
            success = "true";
            return result;
        }
        finally
        {
            Count(count, component, Namespace, operation, success);
            Observe(latency, Stopwatch.GetElapsedTime(started), component, Namespace, operation, success);
        }
    }

    /// <summary>Notes messages that went to a broker.</summary>
    public void Published(string component, string topic, bool success, TimeSpan elapsed)
    {
        Count(Metric.PubSubEgress, component, Namespace, Word(success), topic);
        Observe(Metric.PubSubEgressLatency, elapsed, component, Namespace, Word(success), topic);
    }

    /// <summary>Notes a message that went to the app.</summary>
    /// <param name="component">Where it came from.</param>
    /// <param name="topic">Its topic.</param>
    /// <param name="status">success, retry or drop.</param>
    /// <param name="elapsed">How long the app took.</param>
    public void Delivered(string component, string topic, string status, TimeSpan elapsed)
    {
        Count(Metric.PubSubIngress, component, Namespace, status, topic, status);
        Observe(Metric.PubSubIngressLatency, elapsed, component, Namespace, status, topic, status);
    }

    /// <summary>Notes an event of an input binding that went to the app.</summary>
    public void Received(string component, bool success, TimeSpan elapsed)
    {
        Count(Metric.InputBindings, component, Namespace, Word(success));
        Observe(Metric.InputBindingLatency, elapsed, component, Namespace, Word(success));
    }

    private static string Word(bool success) => success ? "true" : "false";

    /// <summary>Writes all series in the text format of Prometheus.</summary>
    public void WriteTo(StringBuilder text)
    {
        foreach (var metric in _series.GroupBy(series => series.Key.Metric).OrderBy(metric => metric.Key.Name, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {metric.Key.Name} {metric.Key.Help}\n# TYPE {metric.Key.Name} {(metric.Key.IsDistribution ? "histogram" : metric.Key.IsGauge ? "gauge" : "counter")}\n");
            foreach (var (key, series) in metric)
                series.WriteTo(text, metric.Key, metric.Key.Series(app, key.Values));
        }
    }

    private Series? Find(Key key)
    {
        if (!IsRead)
            return null;
        if (_series.TryGetValue(key, out var series))
            return series;
        return _series.Count < MostSeries ? _series.GetOrAdd(key, _ => new Series()) : null;
    }

    private readonly record struct Key(Metric Metric, string First, string Second, string Third, string Fourth, string Fifth)
    {
        public IReadOnlyList<string> Values => [First, Second, Third, Fourth, Fifth];

        public bool Equals(Key other) => ReferenceEquals(Metric, other.Metric) && First == other.First && Second == other.Second
            && Third == other.Third && Fourth == other.Fourth && Fifth == other.Fifth;

        public override int GetHashCode() => HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Metric), First, Second, Third, Fourth, Fifth);
    }

    private sealed class Series
    {
        private readonly Lock _guard = new();
        private readonly long[] _buckets = new long[Metric.Buckets.Count];
        private long _count;
        private double _sum;

        public void Add() => Interlocked.Increment(ref _count);

        public void Change(int by) => Interlocked.Add(ref _count, by);

        public void Add(double milliseconds)
        {
            lock (_guard)
            {
                _count++;
                _sum += milliseconds;
                for (var i = _buckets.Length - 1; i >= 0 && milliseconds <= Metric.Buckets[i]; i--)
                    _buckets[i]++;
            }
        }

        public void WriteTo(StringBuilder text, Metric metric, string labels)
        {
            lock (_guard)
            {
                if (!metric.IsDistribution)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{metric.Name}{{{labels}}} {Interlocked.Read(ref _count)}\n");
                    return;
                }

                for (var i = 0; i < _buckets.Length; i++)
                    text.Append(CultureInfo.InvariantCulture, $"{metric.Name}_bucket{{{labels},le=\"{Metric.Buckets[i]:0}\"}} {_buckets[i]}\n");
                text.Append(CultureInfo.InvariantCulture, $"{metric.Name}_bucket{{{labels},le=\"+Inf\"}} {_count}\n");
                text.Append(CultureInfo.InvariantCulture, $"{metric.Name}_sum{{{labels}}} {_sum}\n{metric.Name}_count{{{labels}}} {_count}\n");
            }
        }
    }
}
