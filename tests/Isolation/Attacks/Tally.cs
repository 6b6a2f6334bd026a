using System.Collections.Concurrent;

namespace Isolation.Tests.Attacks;

/// <summary>What was tried, and what came of it.</summary>
internal sealed class Tally
{
    private const int MaxFindings = 50;
    private const int MaxLength = 2000;
    private readonly ConcurrentQueue<string> _findings = new();

    public ConcurrentDictionary<string, int> Codes { get; } = new();

    public ConcurrentDictionary<string, int> Rpcs { get; } = new();

    public ConcurrentDictionary<string, int> Endpoints { get; } = new();

    public ConcurrentDictionary<string, int> Deliveries { get; } = new();

    /// <summary>Calls that were repeated with ids that nobody has.</summary>
    public int Twins;

    public IReadOnlyCollection<string> Findings => _findings;

    public void Count(ConcurrentDictionary<string, int> counts, string name) => counts.AddOrUpdate(name, 1, (_, count) => count + 1);

    public void Find(string finding)
    {
        if (_findings.Count < MaxFindings)
            _findings.Enqueue(finding.Length > MaxLength ? $"{finding[..MaxLength]}…" : finding);
    }
}
