using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Platform.Data;

/// <summary>
/// Lists that nothing narrows but the tenant: PostgreSQL keeps their plan, whatever the values. By itself it makes one for every call,
/// because the one for all values looks dearer to it than what it is, and making it takes as long as reading the page: docs/adr/0047.
/// </summary>
internal static class OnePlan
{
    private const string Tag = "one plan";
    private const string Comment = $"-- {Tag}";

    /// <summary>Whether all rows of the tenant are asked for.</summary>
    public static bool IsFor<T>(IQueryable<T> rows) => rows.Expression is EntityQueryRootExpression;

    /// <summary>Says so of a list.</summary>
    public static IQueryable<T> KeepingOnePlan<T>(this IQueryable<T> rows, bool isMeant) => isMeant ? rows.TagWith(Tag) : rows;

    /// <summary>Whether it was said of the statement, from which it is taken.</summary>
    public static bool TakeFrom(DbCommand command)
    {
        if (!command.CommandText.StartsWith(Comment, StringComparison.Ordinal))
            return false;
        command.CommandText = command.CommandText[Comment.Length..].TrimStart();
        return true;
    }
}
