using System.Linq.Expressions;
using Platform.CustomFields.Formulas;
using Platform.Errors;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using Platform.Filtering.Sql;
using Platform.Filtering.Values;

namespace Platform.Filtering.Fields;

/// <summary>Text.</summary>
internal sealed class TextField<T> : FilterField<T>
{
    private readonly Accessor<T, string?> _accessor;

    public TextField(string name, ParameterExpression row, LambdaExpression accessor, bool sortable, LambdaExpression? lower = null)
        : this(name, Accessor.Of<T, string?>(row, accessor))
    {
        Lower = lower is null ? null : new ParameterReplacement(lower.Parameters[0], row).Visit(lower.Body);
        if (sortable)
            SortKey = new TextSortKey<T>(row, _accessor);
    }

    public TextField(string name, Accessor<T, string?> accessor)
        : base(name, FilterKind.Text) => _accessor = accessor;

    // The column that has the text in small letters, and an index.
    private Expression? Lower { get; }

    public override Result<Condition<T>> Bind(Restriction restriction)
    {
        if (CheckPath(restriction.Field) is { } error)
            return error;
        if (AsksPresence(restriction) is { } present)
            return WithNot(Presence(), present);
        return Compare(restriction);
    }

    public override FormulaValue ValueOf(T row) => _accessor.Read(row) is { Length: > 0 } text ? text : FormulaValue.Missing;

    /// <summary>A comparison with text, whatever is meant by "there is a value".</summary>
    public Result<Condition<T>> Compare(Restriction restriction)
    {
        var wanted = restriction.Comparator != Comparator.NotEqual;
        var isMembership = restriction.Comparator is Comparator.Equal or Comparator.Has or Comparator.NotEqual;
        if (restriction.Argument is Literal { IsNull: true })
            return FilterErrors.At(restriction.Argument.Position, "Whether there is a value is asked by field:*, field = null and field != null.");
        if (Texts.ReadList(restriction.Argument) is { } list)
            return isMembership
                ? WithNot(new TextMembership<T>(_accessor, list), wanted)
                : FilterErrors.At(restriction.Argument.Position, "A list is compared by =, != or :.");
        if (restriction is { Comparator: Comparator.Has, Argument: Literal part } && !Variable.IsMeant(part))
            return new TextMatch<T>(_accessor, TextPattern.Containing(part.Segments));
        if (isMembership && restriction.Argument is Literal { Segments.Count: > 1 } pattern)
            return WithNot(new TextMatch<T>(_accessor, TextPattern.Exact(pattern.Segments)), wanted);
        var text = Texts.Read(restriction.Argument);
        if (text.IsError)
            return text.Error;
        if (restriction.Comparator == Comparator.Has)
            return new TextContains<T>(_accessor, text.Value);
        var comparison = new TextComparison<T>(_accessor, restriction.Comparator, text.Value);
        return restriction.Comparator == Comparator.Equal && Lower is not null ? new LowerComparison<T>(comparison, Lower, text.Value) : comparison;
    }

    // Text that was never given is empty in most rows, and null in few.
    private Test<T> Presence() => new(
        Comparators.WhereKnown(_accessor.Body, Expression.NotEqual(_accessor.Body, Expression.Constant(""))),
        row => !string.IsNullOrEmpty(_accessor.Read(row)));
}
