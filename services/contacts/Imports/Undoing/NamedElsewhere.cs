using Google.Rpc;
using Grpc.Core;
using Platform.Deals.V1;
using Platform.Errors;
using Platform.Finance.V1;

namespace Platform.Contacts.Imports.Undoing;

/// <summary>Asks the deals and finance domains, as the platform itself, which people and companies their records name.</summary>
internal sealed class NamedElsewhere(DealsService.DealsServiceClient deals, QuotesService.QuotesServiceClient quotes, InvoicesService.InvoicesServiceClient invoices)
{
    // As many as one filter may name, by its comparisons and by its length.
    private const int Chunk = 150;

    private const int PageSize = 200;

    /// <summary>Those of these people that a deal, a quote or an invoice names; who has a say in a deal is named by it.</summary>
    /// <exception cref="InvalidOperationException">That cannot be asked.</exception>
    public Task<IReadOnlySet<Guid>> PeopleAsync(Guid[] ids, CancellationToken cancellationToken) => FindAsync(
        ids,
        [
            new("person_id", filter => DealsAsync(filter, deal => [deal.PersonId], cancellationToken)),
            new("contacts", filter => DealsAsync(filter, deal => deal.Contacts.Select(contact => contact.PersonId), cancellationToken)) { IsList = true },
            new("person_id", filter => QuotesAsync(filter, quote => quote.PersonId, cancellationToken)),
            new("buyer_person_id", filter => InvoicesAsync(filter, invoice => invoice.BuyerPersonId, cancellationToken)),
        ],
        cancellationToken);

    /// <summary>Those of these companies that a deal, a quote or an invoice names.</summary>
    /// <exception cref="InvalidOperationException">That cannot be asked.</exception>
    public Task<IReadOnlySet<Guid>> CompaniesAsync(Guid[] ids, CancellationToken cancellationToken) => FindAsync(
        ids,
        [
            new("company_id", filter => DealsAsync(filter, deal => [deal.CompanyId], cancellationToken)),
            new("company_id", filter => QuotesAsync(filter, quote => quote.CompanyId, cancellationToken)),
            new("buyer_company_id", filter => InvoicesAsync(filter, invoice => invoice.BuyerCompanyId, cancellationToken)),
        ],
        cancellationToken);

    private static async Task<IReadOnlySet<Guid>> FindAsync(Guid[] ids, IReadOnlyList<Naming> lists, CancellationToken cancellationToken)
    {
        var found = new HashSet<Guid>();
        Guid[] sorted = [.. ids.Distinct().Order()];
        foreach (var list in lists)
            await FindAsync(sorted, list, found, cancellationToken);
        return found;
    }

    // Ids of one import stand side by side, and mostly nobody names any of them: one question for all from the first to the last. Where
    // there is more than a page tells, each half is asked for, down to as many as can be named.
    private static async Task FindAsync(ArraySegment<Guid> ids, Naming list, HashSet<Guid> found, CancellationToken cancellationToken)
    {
        if (ids.Count <= Chunk || list.IsList)
        {
            foreach (var some in ids.Chunk(Chunk))
                await FindByNameAsync(some, list, found, cancellationToken);
            return;
        }

        var page = await AskAsync(() => list.AskAsync($"{list.Field} >= \"{ids[0]}\" AND {list.Field} <= \"{ids[^1]}\""), cancellationToken);
        var known = ids.ToHashSet();
        found.UnionWith(page.Named.Where(known.Contains));
        if (!page.HasMore)
            return;
        await FindAsync(ids[..(ids.Count / 2)], list, found, cancellationToken);
        await FindAsync(ids[(ids.Count / 2)..], list, found, cancellationToken);
    }

    private static async Task FindByNameAsync(IEnumerable<Guid> ids, Naming list, HashSet<Guid> found, CancellationToken cancellationToken)
    {
        var open = ids.Where(id => !found.Contains(id)).ToHashSet();
        // Not the next page, but the first one of those that are still open: a large customer takes one page, not a thousand.
        for (var hasMore = true; hasMore && open.Count > 0;)
        {
            var page = await AskAsync(() => list.AskAsync(list.FilterFor(open)), cancellationToken);
            hasMore = page.HasMore;
            found.UnionWith(page.Named.Where(open.Remove));
        }
    }

    private async Task<Page> DealsAsync(string filter, Func<Deal, IEnumerable<string>> named, CancellationToken cancellationToken)
    {
        var answer = await deals.ListDealsAsync(new ListDealsRequest { Filter = filter, PageSize = PageSize }, cancellationToken: cancellationToken);
        return new([.. answer.Deals.SelectMany(named).Select(Guid.Parse)], answer.NextPageToken.Length > 0);
    }

    private async Task<Page> QuotesAsync(string filter, Func<Quote, string> named, CancellationToken cancellationToken)
    {
        var answer = await quotes.ListQuotesAsync(new ListQuotesRequest { Filter = filter, PageSize = PageSize }, cancellationToken: cancellationToken);
        return new([.. answer.Quotes.Select(named).Select(Guid.Parse)], answer.NextPageToken.Length > 0);
    }

    private async Task<Page> InvoicesAsync(string filter, Func<Invoice, string> named, CancellationToken cancellationToken)
    {
        var answer = await invoices.ListInvoicesAsync(new ListInvoicesRequest { Filter = filter, PageSize = PageSize }, cancellationToken: cancellationToken);
        return new([.. answer.Invoices.Select(named).Select(Guid.Parse)], answer.NextPageToken.Length > 0);
    }

    // Without an answer nothing is taken back: what cannot be seen may be there.
    private static async Task<Page> AskAsync(Func<Task<Page>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (RpcException refused) when (refused.GetRpcStatus()?.GetDetail<ErrorInfo>() is { Domain: Error.Domain, Reason: "MODULE_NOT_ENTITLED" })
        {
            return new Page([], false);
        }
        catch (RpcException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException(
                $"What deals and invoices lead to cannot be asked for ({failure.StatusCode}).", failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded ? new TimeoutException(failure.Message) : failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException("What deals and invoices lead to cannot be asked for: the platform's own account gets no token.", new TimeoutException(failure.Message));
        }
    }

    /// <summary>A list of records that name others.</summary>
    /// <param name="Field">By which they do.</param>
    /// <param name="AskAsync">Its first page for a filter.</param>
    private sealed record Naming(string Field, Func<string, Task<Page>> AskAsync)
    {
        /// <summary>Whether a record names several, which have no order: each is asked for by its id.</summary>
        public bool IsList { get; init; }

        /// <summary>What finds the records that name one of these.</summary>
        public string FilterFor(IEnumerable<Guid> ids) => IsList
            ? $"{Field} : ({string.Join(" OR ", ids.Select(id => $"\"{id}\""))})"
            : string.Join(" OR ", ids.Select(id => $"{Field} = \"{id}\""));
    }

    /// <summary>What a list told.</summary>
    /// <param name="Named">The ids that its records name.</param>
    /// <param name="HasMore">Whether there are more records.</param>
    private sealed record Page(IReadOnlyList<Guid> Named, bool HasMore);
}
