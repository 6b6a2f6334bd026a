using System.Linq.Expressions;
using Platform.Errors;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using Platform.Filtering.Values;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Fields;

/// <summary>Several values: <c>tags:"vip"</c>.</summary>
internal sealed class ListField<T, TElement>(string name, ParameterExpression row, LambdaExpression accessor, ElementReader<TElement> reader, LambdaExpression? column = null)
    : FilterField<T>(name, FilterKind.List)
    where TElement : notnull
{
    private static readonly Func<IEnumerable<TElement>, bool> Any = Enumerable.Any;

    // Where the column is none of the row's own properties, only PostgreSQL reads it.
    private readonly Accessor<T, IEnumerable<TElement>?> _accessor = column is null
        ? Accessor.Of<T, IEnumerable<TElement>?>(row, accessor)
        : new(Accessor.Of<T, IEnumerable<TElement>?>(row, column).Body, Accessor.Of<T, IEnumerable<TElement>?>(row, accessor).Read);

    public override Result<Condition<T>> Bind(Restriction restriction)
    {
        if (CheckPath(restriction.Field) is { } error)
            return error;
        if (AsksPresence(restriction) is { } present)
            return WithNot(Presence(), present);
        if (restriction.Comparator != Comparator.Has)
            return FilterErrors.At(restriction.Position, Say($"'{Name}' is a list: ask for an element by {Name}:value."));
        var elements = reader(restriction.Argument);
        return elements.IsError ? elements.Error : new ListOverlap<T, TElement>(_accessor, elements.Value);
    }

    private Test<T> Presence() => new(
        Comparators.WhereKnown(_accessor.Body, Expression.Call(Any.Method, _accessor.Body)),
        row => _accessor.Read(row)?.Any() is true);
}
