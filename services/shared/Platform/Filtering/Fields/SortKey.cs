using System.Linq.Expressions;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;

namespace Platform.Filtering.Fields;

/// <summary>How rows are sorted by a field, and found again in that order. Missing values come last, and first where the order is descending.</summary>
internal abstract class SortKey<T>
{
    /// <summary>Sorts, or sorts within what is sorted already.</summary>
    public abstract IOrderedQueryable<T> Apply(IQueryable<T> rows, bool descending, bool isFirst);

    /// <summary>The row's value as text; null where it has none.</summary>
    public abstract string? Write(T row);

    /// <summary>Which rows come after the value, and which have the same; null where the text is no value of the key.</summary>
    public abstract Seek? SeekFrom(string? text, bool descending);

    protected static IOrderedQueryable<T> Apply<TKey>(IQueryable<T> rows, Expression key, ParameterExpression row, bool descending, bool isFirst)
    {
        var lambda = Expression.Lambda<Func<T, TKey>>(key, row);
        return (isFirst, descending) switch
        {
            (true, true) => rows.OrderByDescending(lambda),
            (true, false) => rows.OrderBy(lambda),
            (false, true) => ((IOrderedQueryable<T>)rows).ThenByDescending(lambda),
            (false, false) => ((IOrderedQueryable<T>)rows).ThenBy(lambda),
        };
    }

    /// <summary>Rows around one that has no value: nothing comes after it in ascending order, all that has a value in descending.</summary>
    protected static Seek AtNull(Expression value, bool descending)
    {
        var none = Expression.Constant(null, value.Type);
        return new Seek(descending ? Expression.NotEqual(value, none) : Expression.Constant(false), Expression.Equal(value, none), Bound: null);
    }

    /// <summary>Rows around one that has a value, in ascending order before those that have none.</summary>
    protected static Seek AtValue(Expression column, bool descending, Func<Comparator, Expression> compare)
    {
        var after = compare(descending ? Comparator.Less : Comparator.Greater);
        if (!descending && Comparators.CanBeNull(column.Type))
            return new Seek(Expression.OrElse(after, Expression.Equal(column, Expression.Constant(null, column.Type))), compare(Comparator.Equal), Bound: null);
        return new Seek(after, compare(Comparator.Equal), compare(descending ? Comparator.LessOrEqual : Comparator.GreaterOrEqual));
    }
}

/// <summary>Where a page begins, as far as one field is concerned.</summary>
/// <param name="After">Rows that come after.</param>
/// <param name="Same">Rows with the same value.</param>
/// <param name="Bound">Both, as one comparison that an index can start at; null where there is none.</param>
internal sealed record Seek(Expression After, Expression Same, Expression? Bound);
