using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering;
using Platform.Filtering.Sql;

namespace Platform.Paging;

/// <summary>A list whose rows stand side by side in columns, by one of their fields: the first page of each is read together.</summary>
/// <param name="by">The field, in queries.</param>
/// <param name="columnOf">The same of a row: an expression is not compiled for a call.</param>
/// <param name="filterOf">The filter by which the list of a column alone goes on: its pages continue there.</param>
public sealed class Columns<T>(Expression<Func<T, Guid?>> by, Func<T, Guid?> columnOf, Func<Guid, string> filterOf)
    where T : Entity
{
    /// <summary>Reads the first page of each column, in one statement. Fails with <c>INVALID_ORDER_BY</c> where the request does not fit the schema.</summary>
    /// <param name="rows">The rows that the caller may see.</param>
    /// <param name="filtered">Those of them that are asked for.</param>
    /// <param name="columns">The values of the field.</param>
    /// <param name="schema">What may be sorted by.</param>
    /// <param name="request">How large the pages are, their order, and what else narrows the list of one column, in words.</param>
    /// <param name="context">On whose behalf, and when.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<Result<IReadOnlyDictionary<Guid, Page<T>>>> ReadAsync(
        IQueryable<T> rows, FilteredRows<T> filtered, IReadOnlyCollection<Guid> columns, FilterSchema<T> schema, ListRequest request, FilterContext context, CancellationToken cancellationToken)
    {
        var order = OrderedPages.OrderOf(schema, request.OrderBy, context);
        if (order.IsError)
            return order.Error;
        var first = columns.Select(column => OrderedPages.Sort(filtered.Rows.Where(IsIn(column)), order.Value).Select(row => row.Id).Take(request.PageSize + 1)).ToList();
        if (first.Count == 0)
            return new Dictionary<Guid, Page<T>>();
        var ids = first.Skip(1).Aggregate(first[0], (all, more) => all.Concat(more));
        var found = await OrderedPages.Sort(rows.Where(row => ids.Contains(row.Id)), order.Value).AsNoTracking().ToListAsync(cancellationToken);
        var inColumns = found.ToLookup(row => columnOf(row));
        return columns.ToDictionary(column => column, column => ToPage([.. inColumns[column]], order.Value, (request with { Filter = filterOf(column) }).ToPage(context)));
    }

    private static Page<T> ToPage(List<T> rows, BoundOrder<T> order, PageRequest request)
    {
        if (rows.Count <= request.Size)
            return new Page<T>(rows, "");
        rows.RemoveAt(request.Size);
        return new Page<T>(rows, OrderedPages.TokenAfter(rows[^1], order, request));
    }

    private Expression<Func<T, bool>> IsIn(Guid column) => Expression.Lambda<Func<T, bool>>(Expression.Equal(by.Body, QueryParameter.Of<Guid?>(column)), by.Parameters);
}
