using System.Collections.Concurrent;

namespace Platform.Workflow.Worker;

/// <summary>Which activity ran for whom: in memory, and in a file that survives a kill where one is given.</summary>
public sealed class WorkLog(string? file)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();

    /// <summary>Notes one run and returns how many there were by now.</summary>
    public int Add(string work)
    {
        if (file is not null)
        {
            lock (_gate)
                File.AppendAllText(file, work + "\n");
        }

        return _counts.AddOrUpdate(work, 1, (_, count) => count + 1);
    }

    public int CountOf(string work) => _counts.GetValueOrDefault(work);
}
