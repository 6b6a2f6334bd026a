using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using Platform.Filtering.Sql;
using static Platform.Languages.Wording;

namespace Platform.Paging;

/// <summary>Keyset paging in any order: stable under inserts, no row twice and none left out, the same cost on every page.</summary>
public static class OrderedPages
{
    /// <summary>Filters, sorts, and reads one page. Fails with <c>INVALID_FILTER</c> or <c>INVALID_ORDER_BY</c> where the request does not fit the schema.</summary>
    /// <param name="rows">The rows that the caller may see.</param>
    /// <param name="schema">What may be filtered and sorted by.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="context">On whose behalf, and when.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public static async Task<Result<Page<T>>> ToPageAsync<T>(
        this IQueryable<T> rows, FilterSchema<T> schema, ListRequest request, FilterContext context, CancellationToken cancellationToken)
        where T : Entity
    {
        var filtered = rows.Narrow(schema, request.Filter, context);
        if (filtered.IsError)
            return filtered.Error;
        var order = OrderOf(schema, request.OrderBy, context);
        if (order.IsError)
            return order.Error;
        var page = request.ToPage(context);
        return order.Value.Kept is { } kept && kept.In(context) is { } values && !OrderedPageToken.IsOf(page, order.Value.Text)
            ? await KeptPages.ReadAsync(filtered.Value.Rows, new KeptPages.Ordered(values, kept, order.Value.DescendingIds), page, cancellationToken)
            : await filtered.Value.Rows.ToPageAsync(order.Value, page, cancellationToken);
    }

    /// <summary>The rows that pass an expression. Fails with <c>INVALID_FILTER</c> where it does not fit the schema.</summary>
    /// <param name="rows">The rows that the caller may see.</param>
    /// <param name="schema">What may be filtered by.</param>
    /// <param name="filter">The expression; empty for all rows.</param>
    /// <param name="context">On whose behalf, and when.</param>
    public static Result<FilteredRows<T>> Narrow<T>(this IQueryable<T> rows, FilterSchema<T> schema, string filter, FilterContext context)
        where T : Entity
    {
        var parsed = Filter.Parse(filter);
        if (parsed.IsError)
            return parsed.Error;
        var bound = parsed.Value.Bind(schema, context.CustomFields);
        if (bound.IsError)
            return bound.Error;
        if (bound.Value.Related.Where(read => !context.MayNarrowBy(read)).Select(read => read.Field).Distinct().ToList() is { Count: > 0 } unreadable)
            return AccessErrors.FieldNotReadable(unreadable);
        return new FilteredRows<T>(parsed.Value.IsEmpty ? rows : rows.Where(bound.Value.ToPredicate(context)));
    }

    internal static Result<BoundOrder<T>> OrderOf<T>(FilterSchema<T> schema, string orderBy, FilterContext context)
        where T : Entity
    {
        var sorted = OrderBy.Parse(orderBy);
        return sorted.IsError ? sorted.Error : sorted.Value.Bind(schema, context.CustomFields);
    }

    /// <summary>Reads one page of the filtered rows.</summary>
    public static async Task<Result<Page<T>>> ToPageAsync<T>(this IQueryable<T> rows, BoundOrder<T> order, PageRequest request, CancellationToken cancellationToken)
        where T : Entity
    {
        if (request.Size is < 0 or > Pages.MaxSize)
            return Error.Invalid("pageSize", Say($"Use 1 to {Pages.MaxSize}, or leave it out for {Pages.DefaultSize}."));
        var isWhole = order.Keys.Count == 0 && OnePlan.IsFor(rows);
        if (request.Token.Length > 0)
        {
            if (OrderedPageToken.Decode(request, order.Text) is not { } values || After(order, values) is not { } after)
                return Error.Invalid("pageToken", "Use the nextPageToken of the same list with the same filter and order, unchanged.");
            rows = rows.Where(after);
        }

        var size = request.Size == 0 ? Pages.DefaultSize : request.Size;
        var items = await Sort(rows, order).AsNoTracking().Take(size + 1).KeepingOnePlan(isWhole).ToListAsync(cancellationToken);
        if (items.Count <= size)
            return new Page<T>(items, "");
        items.RemoveAt(size);
        return new Page<T>(items, TokenAfter(items[^1], order, request));
    }

    internal static string TokenAfter<T>(T row, BoundOrder<T> order, PageRequest request)
        where T : Entity =>
        OrderedPageToken.Encode(order.Keys.Select(key => key.SortKey.Write(row)).Append(row.Id.ToString()), request, order.Text);

    internal static IQueryable<T> Sort<T>(IQueryable<T> rows, BoundOrder<T> order)
        where T : Entity
    {
        for (var i = 0; i < order.Keys.Count; i++)
            rows = order.Keys[i].SortKey.Apply(rows, order.Keys[i].Descending, isFirst: i == 0);
        return (order.Keys.Count > 0, order.DescendingIds) switch
        {
            (true, true) => ((IOrderedQueryable<T>)rows).ThenByDescending(row => row.Id),
            (true, false) => ((IOrderedQueryable<T>)rows).ThenBy(row => row.Id),
            (false, _) => rows.OrderByDescending(row => row.Id),
        };
    }

    // After in the first field; or the same in it and after in the second; and so on, until the id.
    private static Expression<Func<T, bool>>? After<T>(BoundOrder<T> order, string?[] values)
        where T : Entity
    {
        if (values.Length != order.Keys.Count + 1 || !Guid.TryParse(values[^1], out var id))
            return null;
        var row = order.Row;
        Expression after = Comparators.Compare(
            order.DescendingIds ? Comparator.Less : Comparator.Greater, Expression.Property(row, nameof(Entity.Id)), QueryParameter.Of(id));
        for (var i = order.Keys.Count - 1; i >= 0; i--)
        {
            if (order.Keys[i].SortKey.SeekFrom(values[i], order.Keys[i].Descending) is not { } seek)
                return null;
            after = Expression.OrElse(seek.After, Expression.AndAlso(seek.Same, after));
            if (i == 0 && seek.Bound is { } bound)
                after = Expression.AndAlso(bound, after);
        }

        return Expression.Lambda<Func<T, bool>>(after, row);
    }
}
