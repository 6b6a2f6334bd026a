using Platform.Errors;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using Platform.Filtering.Values;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Fields;

/// <summary>Values of another type that are kept as texts, in a form in which the order of the texts is that of the values.</summary>
/// <param name="name">As the expression names it.</param>
/// <param name="kind">What it holds.</param>
/// <param name="accessor">Reads the text.</param>
/// <param name="reader">How values are written in expressions.</param>
/// <param name="write">A value as it is kept.</param>
internal sealed class MappedTextField<T, TValue>(string name, FilterKind kind, Accessor<T, string?> accessor, ValueReader<TValue> reader, Func<TValue, string> write)
    : FilterField<T>(name, kind)
    where TValue : struct
{
    /// <summary>Whether values come before and after each other.</summary>
    public bool IsOrdered { get; init; } = true;

    public override Result<Condition<T>> Bind(Restriction restriction)
    {
        if (CheckPath(restriction.Field) is { } error)
            return error;
        if (restriction.Argument is Literal { IsNull: true } or Literal { IsQuoted: false, IsWildcard: true })
            return FilterErrors.At(restriction.Argument.Position, "Whether there is a value is asked by field:*, field = null and field != null.");
        var isMembership = restriction.Comparator is Comparator.Equal or Comparator.Has or Comparator.NotEqual;
        if (!IsOrdered && !isMembership)
            return FilterErrors.At(restriction.Position, Say($"'{Name}' has no order: compare it by =, != or :."));
        if (reader.ReadList(restriction.Argument) is { } list)
            return isMembership
                ? WithNot(new TextMembership<T>(accessor, new ListSource<string>(context => [.. list.Resolve(context).Select(write)])), restriction.Comparator != Comparator.NotEqual)
                : FilterErrors.At(restriction.Argument.Position, "A list is compared by =, != or :.");
        var value = reader.Read(restriction.Argument);
        if (value.IsError)
            return value.Error;
        var source = new TextSource(context => value.Value.Resolve(context) is { } resolved ? write(resolved) : null);
        return new TextComparison<T>(accessor, restriction.Comparator == Comparator.Has ? Comparator.Equal : restriction.Comparator, source);
    }
}
