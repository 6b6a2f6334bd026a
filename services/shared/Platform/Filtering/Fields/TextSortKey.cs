using System.Linq.Expressions;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using Platform.Filtering.Sql;

namespace Platform.Filtering.Fields;

/// <summary>Sorts by text in the order of code points, ASCII letters without regard to case: the same under every locale of the database.</summary>
internal sealed class TextSortKey<T>(ParameterExpression row, Accessor<T, string?> accessor) : SortKey<T>
{
    private static readonly Func<string, string, int> Order = string.Compare;

    private readonly Expression _key = TextExpressions.InSmallAscii(accessor.Body);

    public override IOrderedQueryable<T> Apply(IQueryable<T> rows, bool descending, bool isFirst) => Apply<string>(rows, _key, row, descending, isFirst);

    public override string? Write(T row) => accessor.Read(row) is { } text ? CodePoints.FoldAscii(text) : null;

    public override Seek? SeekFrom(string? text, bool descending)
    {
        if (text is null)
            return AtNull(accessor.Body, descending);
        var right = QueryParameter.Of(text);
        var order = Expression.Call(Order.Method, _key, right);
        return AtValue(accessor.Body, descending, comparator => comparator == Comparator.Equal
            ? Expression.Equal(_key, right)
            : Comparators.Compare(comparator, order, Expression.Constant(0)));
    }
}
