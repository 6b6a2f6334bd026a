using System.Linq.Expressions;
using Platform.CustomFields.Formulas;
using Platform.Errors;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using Platform.Filtering.Values;
using Platform.Rest;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Fields;

/// <summary>A number, date, moment, id, choice, true or false.</summary>
internal sealed class ScalarField<T, TValue> : FilterField<T>
    where TValue : struct
{
    private readonly Accessor<T, TValue?> _accessor;
    private readonly ValueReader<TValue> _reader;

    public ScalarField(string name, FilterKind kind, ParameterExpression row, LambdaExpression accessor, ValueReader<TValue> reader, bool sortable)
        : this(name, kind, Accessor.Of<T, TValue?>(row, accessor), reader)
    {
        if (sortable)
            SortKey = new ScalarSortKey<T, TValue>(row, _accessor);
    }

    public ScalarField(string name, FilterKind kind, ParameterExpression row, Accessor<T, TValue?> accessor, ValueReader<TValue> reader)
        : this(name, kind, accessor, reader) => SortKey = new ScalarSortKey<T, TValue>(row, accessor);

    public ScalarField(string name, FilterKind kind, Accessor<T, TValue?> accessor, ValueReader<TValue> reader)
        : base(name, kind) => (_accessor, _reader) = (accessor, reader);

    /// <summary>Whether values come before and after each other.</summary>
    public bool IsOrdered { get; init; } = true;

    /// <summary>A value that means that there is none.</summary>
    public TValue? Missing { get; init; }

    public override Result<Condition<T>> Bind(Restriction restriction)
    {
        if (CheckPath(restriction.Field) is { } error)
            return error;
        if (AsksPresence(restriction) is { } present)
            return WithNot(Presence(), present);
        if (restriction.Argument is Literal { IsNull: true } or Literal { IsQuoted: false, IsWildcard: true })
            return FilterErrors.At(restriction.Argument.Position, "Whether there is a value is asked by field:*, field = null and field != null.");
        var isMembership = restriction.Comparator is Comparator.Equal or Comparator.Has or Comparator.NotEqual;
        if (!IsOrdered && !isMembership)
            return FilterErrors.At(restriction.Position, Say($"'{Name}' has no order: compare it by =, != or :."));
        if (_reader.ReadList(restriction.Argument) is { } list)
            return isMembership
                ? WithNot(new ScalarMembership<T, TValue>(_accessor, list), restriction.Comparator != Comparator.NotEqual)
                : FilterErrors.At(restriction.Argument.Position, "A list is compared by =, != or :.");
        var value = _reader.Read(restriction.Argument);
        return value.IsError ? value.Error : new ScalarComparison<T, TValue>(_accessor, restriction.Comparator, value.Value);
    }

    public override FormulaValue ValueOf(T row) => _accessor.Read(row) is { } value && !value.Equals(Missing) ? FormulaValue.Of(value switch
    {
        int number => (decimal)number,
        long number => (decimal)number,
        Guid id => id.ToString(),
        Enum choice => EnumNames.Of(choice),
        _ => value,
    }) : FormulaValue.Missing;

    private Test<T> Presence()
    {
        var body = _accessor.Body;
        Expression present = Expression.Constant(true);
        if (Missing is { } missing)
            present = Expression.NotEqual(body, body.Type == typeof(TValue) ? Expression.Constant(missing) : Expression.Constant(missing, typeof(TValue?)));
        return new Test<T>(Comparators.WhereKnown(body, present), row => _accessor.Read(row) is { } value && !value.Equals(Missing));
    }
}
