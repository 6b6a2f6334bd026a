using Platform.Errors;
using Platform.Filtering.Parsing;

namespace Platform.Filtering.Values;

/// <summary>What a list is asked for: one of these elements. Null makes the question unknown.</summary>
internal sealed record ElementSource<TElement>(Func<FilterContext, IReadOnlyList<TElement>?> Resolve);

/// <summary>How elements of a list are written.</summary>
internal delegate Result<ElementSource<TElement>> ElementReader<TElement>(Argument argument);

internal static class Elements
{
    /// <summary>Elements of a type of values.</summary>
    public static ElementReader<TValue> Of<TValue>(ValueReader<TValue> reader)
        where TValue : struct => argument =>
    {
        if (reader.ReadList(argument) is { } list)
            return new ElementSource<TValue>(list.Resolve);
        var value = reader.Read(argument);
        return value.IsError ? value.Error : new ElementSource<TValue>(context => value.Value.Resolve(context) is { } element ? [element] : null);
    };
}
