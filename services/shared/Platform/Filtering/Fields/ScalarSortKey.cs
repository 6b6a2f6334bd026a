using System.Globalization;
using System.Linq.Expressions;
using Platform.Filtering.Conditions;
using Platform.Filtering.Sql;

namespace Platform.Filtering.Fields;

/// <summary>Sorts by a number, date, moment or id.</summary>
internal sealed class ScalarSortKey<T, TValue>(ParameterExpression row, Accessor<T, TValue?> accessor) : SortKey<T>
    where TValue : struct
{
    private readonly bool _isNullable = accessor.Body.Type != typeof(TValue);

    public override IOrderedQueryable<T> Apply(IQueryable<T> rows, bool descending, bool isFirst) => _isNullable
        ? Apply<TValue?>(rows, accessor.Body, row, descending, isFirst)
        : Apply<TValue>(rows, accessor.Body, row, descending, isFirst);

    public override string? Write(T row) => accessor.Read(row) is { } value ? WriteValue(value) : null;

    public override Seek? SeekFrom(string? text, bool descending)
    {
        var left = accessor.Body;
        if (text is null)
            return _isNullable ? AtNull(left, descending) : null;
        if (ReadValue(text) is not { } value)
            return null;
        var right = _isNullable ? QueryParameter.Of<TValue?>(value) : QueryParameter.Of(value);
        return AtValue(left, descending, comparator => Comparators.Compare(comparator, left, right));
    }

    private static string WriteValue(object value) => value switch
    {
        DateOnly date => date.DayNumber.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.UtcTicks.ToString(CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"{value.GetType()} cannot be sorted by."),
    };

    private static TValue? ReadValue(string text)
    {
        object? value = default(TValue) switch
        {
            decimal => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null,
            int => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null,
            long => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null,
            DateOnly => int.TryParse(text, CultureInfo.InvariantCulture, out var day) && day >= 0 && day <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber(day) : null,
            DateTimeOffset => long.TryParse(text, CultureInfo.InvariantCulture, out var ticks) && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
            Guid => Guid.TryParse(text, out var id) ? id : null,
            _ => null,
        };
        return (TValue?)value;
    }
}
