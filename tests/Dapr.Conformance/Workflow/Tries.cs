using System.Collections.Concurrent;

namespace Dapr.Conformance.Workflow;

/// <summary>How often something was tried.</summary>
internal static class Tries
{
    private static readonly ConcurrentDictionary<string, int> Counts = new();

    public static int Next(string key) => Counts.AddOrUpdate(key, 1, (_, count) => count + 1);
}
