namespace Platform.Filtering.Values;

/// <summary>A value that a comparison compares with: written in the expression, or known when it is evaluated.</summary>
/// <param name="Resolve">The value; null makes the comparison unknown.</param>
internal sealed record ValueSource<TValue>(Func<FilterContext, TValue?> Resolve)
    where TValue : struct;

/// <summary>The same for text.</summary>
internal sealed record TextSource(Func<FilterContext, string?> Resolve);

/// <summary>Several values, of a variable.</summary>
internal sealed record ListSource<TValue>(Func<FilterContext, IReadOnlyList<TValue>> Resolve);
