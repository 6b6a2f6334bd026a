namespace Platform.Importing.Writing;

/// <summary>The rows that a batch meets, by their folded key: what the database has, and what the batch adds.</summary>
public sealed class Shelf<T>(Dictionary<string, T> existing)
    where T : class
{
    private readonly Dictionary<string, T> _known = existing;
    private readonly HashSet<T> _filled = [];

    /// <summary>To be inserted.</summary>
    public List<T> New { get; } = [];

    /// <summary>Read from the database and filled since.</summary>
    public IEnumerable<T> Updated => _filled.Except(New);

    /// <summary>Whether there is a row of the key.</summary>
    public bool Has(string key) => _known.ContainsKey(key);

    /// <summary>The row of the key; null where there is none.</summary>
    public T? Find(string key) => _known.GetValueOrDefault(key);

    /// <summary>The key means a row that has another one.</summary>
    public void Know(string key, T row) => _known.TryAdd(key, row);

    /// <summary>Finds the row of the key and fills it, or creates it.</summary>
    public (T Row, Change Change) Put(string key, Func<T> create, Func<T, bool> fill)
    {
        if (_known.TryGetValue(key, out var row))
            return (row, Fill(row, fill));
        row = create();
        New.Add(row);
        _known[key] = row;
        return (row, Change.Created);
    }

    private Change Fill(T row, Func<T, bool> fill)
    {
        if (!fill(row))
            return Change.None;
        _filled.Add(row);
        return Change.Updated;
    }
}

/// <summary>What a row of the file did to a row of the database.</summary>
public enum Change
{
    /// <summary>It brought nothing new.</summary>
    None,

    /// <summary>It filled what was empty.</summary>
    Updated,

    /// <summary>It made a row.</summary>
    Created,
}
