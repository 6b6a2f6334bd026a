using System.Collections.Frozen;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Platform.Filtering.Sql;

/// <summary>Expressions of text that mean the same under every locale of the database.</summary>
internal static class TextExpressions
{
    private static readonly Func<DbFunctions, string, string, string, bool> LikeMethod = DbFunctionsExtensions.Like;
    private static readonly Func<DbFunctions, string, string, string> CollateMethod = RelationalDbFunctionsExtensions.Collate<string>;
    private static readonly Func<string, string, string, string> TranslateMethod = FilterMethods.Translate;

    private static readonly Lazy<FrozenDictionary<char, string>> Capitals = new(() => Enumerable.Range(0x80, 0x10000 - 0x80)
        .Select(code => (char)code)
        .Where(c => Sql.CodePoints.Fold(c) != c)
        .GroupBy(Sql.CodePoints.Fold)
        .ToFrozenDictionary(group => group.Key, string.Concat));

    /// <summary>The text in the order of code points.</summary>
    public static Expression InCodePoints(Expression text) =>
        Expression.Call(CollateMethod.Method, Expression.Constant(EF.Functions), text, Expression.Constant("C"));

    /// <summary>The text with small ASCII letters, in the order of code points.</summary>
    public static Expression InSmallAscii(Expression text) => Expression.Call(InCodePoints(text), nameof(string.ToLower), null);

    public static Expression Like(Expression text, TextPattern pattern) => Expression.Call(
        LikeMethod.Method,
        Expression.Constant(EF.Functions),
        pattern.IgnoresCase ? Fold(text, pattern.Letters) : text,
        QueryParameter.Of(pattern.ToLike()),
        Expression.Constant(@"\"));

    // Capitals of ASCII are made small by PostgreSQL itself; of the others only those that the pattern can meet are.
    private static Expression Fold(Expression text, string letters)
    {
        var (from, to) = CapitalsOf(letters);
        var small = InSmallAscii(text);
        return from.Length == 0 ? small : Expression.Call(TranslateMethod.Method, small, QueryParameter.Of(from), QueryParameter.Of(to));
    }

    private static (string From, string To) CapitalsOf(string letters)
    {
        var pairs = letters.Where(c => !char.IsAscii(c)).Distinct()
            .SelectMany(small => Capitals.Value.GetValueOrDefault(small, "").Select(capital => (capital, small)))
            .ToList();
        return (string.Concat(pairs.Select(pair => pair.capital)), string.Concat(pairs.Select(pair => pair.small)));
    }
}
