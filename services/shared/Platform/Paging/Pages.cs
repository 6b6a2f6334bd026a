using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Paging;

/// <summary>A page of rows, and where the next one begins.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string NextPageToken);

/// <summary>Keyset paging, newest first: stable under inserts, the same cost on every page, no total.</summary>
public static class Pages
{
    /// <summary>Rows a page where the caller names none.</summary>
    public const int DefaultSize = 50;

    /// <summary>More than this is refused.</summary>
    public const int MaxSize = 200;

    /// <summary>Reads one page.</summary>
    /// <param name="rows">The filtered rows.</param>
    /// <param name="pageSize">0 for the default, else 1 to 200.</param>
    /// <param name="pageToken">Empty for the first page.</param>
    /// <param name="query">The filter in words: a token of another filter is refused.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public static async Task<Result<Page<T>>> ToPageAsync<T>(
        this IQueryable<T> rows, int pageSize, string pageToken, string query, CancellationToken cancellationToken)
        where T : Entity
    {
        if (pageSize is < 0 or > MaxSize)
            return Error.Invalid("pageSize", Say($"Use 1 to {MaxSize}, or leave it out for {DefaultSize}."));
        var isWhole = OnePlan.IsFor(rows);
        if (pageToken.Length > 0)
        {
            if (!PageToken.TryDecode(pageToken, query, out var lastId))
                return Error.Invalid("pageToken", "Use the nextPageToken of the same list with the same filter, unchanged.");
            rows = rows.Where(row => row.Id < lastId);
        }

        var size = pageSize == 0 ? DefaultSize : pageSize;
        var items = await rows.AsNoTracking().OrderByDescending(row => row.Id).Take(size + 1).KeepingOnePlan(isWhole).ToListAsync(cancellationToken);
        if (items.Count <= size)
            return new Page<T>(items, "");
        items.RemoveAt(size);
        return new Page<T>(items, PageToken.Encode(items[^1].Id, query));
    }
}
