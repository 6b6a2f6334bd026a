using System.Linq.Expressions;
using Platform.Filtering.Fields;

namespace Platform.Filtering;

/// <summary>A sort order tied to a resource. Rows that are equal in it are sorted by id, so that there is one order only.</summary>
public sealed class BoundOrder<T>
    where T : class
{
    internal BoundOrder(ParameterExpression row, IReadOnlyList<Key> keys) => (Row, Keys) = (row, keys);

    /// <summary>Names of the fields that it reads: whoever may not see one of them may not sort by it.</summary>
    public IEnumerable<string> Fields => Keys.SelectMany(key => key.AlsoReads.Prepend(key.Field));

    internal ParameterExpression Row { get; }

    internal IReadOnlyList<Key> Keys { get; }

    /// <summary>The direction of the tie-break: that of the last field, so that one index can serve both ways.</summary>
    internal bool DescendingIds => Keys is not [.., { Descending: false }];

    internal string Text => string.Join(',', Keys.Select(key => $"{key.Field} {(key.Descending ? "desc" : "asc")}"));

    /// <summary>The field whose kept values have this order, where it is the order of one field that has them; null otherwise.</summary>
    internal KeptOrder? Kept => Keys is [{ Kept: { } kept }] ? kept : null;

    internal sealed record Key(string Field, SortKey<T> SortKey, bool Descending)
    {
        public KeptOrder? Kept { get; init; }

        public IEnumerable<string> AlsoReads { get; init; } = [];
    }
}
