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

    /// <summary>Those of these people that a deal, a quote or an invoice names.</summary>
    /// <exception cref="InvalidOperationException">That cannot be asked.</exception>
    public Task<IReadOnlySet<Guid>> PeopleAsync(Guid[] ids, CancellationToken cancellationToken) => FindAsync(
        ids,
        open => DealsAsync(FilterOf("person_id", open), deal => deal.PersonId, cancellationToken),
        open => QuotesAsync(FilterOf("person_id", open), quote => quote.PersonId, cancellationToken),
        open => InvoicesAsync(FilterOf("buyer_person_id", open), invoice => invoice.BuyerPersonId, cancellationToken),
        cancellationToken);

    /// <summary>Those of these companies that a deal, a quote or an invoice names.</summary>
    /// <exception cref="InvalidOperationException">That cannot be asked.</exception>
    public Task<IReadOnlySet<Guid>> CompaniesAsync(Guid[] ids, CancellationToken cancellationToken) => FindAsync(
        ids,
        open => DealsAsync(FilterOf("company_id", open), deal => deal.CompanyId, cancellationToken),
        open => QuotesAsync(FilterOf("company_id", open), quote => quote.CompanyId, cancellationToken),
        open => InvoicesAsync(FilterOf("buyer_company_id", open), invoice => invoice.BuyerCompanyId, cancellationToken),
        cancellationToken);

    private static async Task<IReadOnlySet<Guid>> FindAsync(
        Guid[] ids, Func<IEnumerable<Guid>, Task<Page>> ofDeals, Func<IEnumerable<Guid>, Task<Page>> ofQuotes, Func<IEnumerable<Guid>, Task<Page>> ofInvoices, CancellationToken cancellationToken)
    {
        var found = new HashSet<Guid>();
        foreach (var chunk in ids.Chunk(Chunk))
        {
            var open = chunk.ToHashSet();
            foreach (var list in (Func<IEnumerable<Guid>, Task<Page>>[])[ofDeals, ofQuotes, ofInvoices])
            {
                // Not the next page, but the first one of those that are still open: a large customer takes one page, not a thousand.
                for (var hasMore = true; hasMore && open.Count > 0;)
                {
                    var page = await AskAsync(() => list(open), cancellationToken);
                    hasMore = page.HasMore;
                    found.UnionWith(page.Named.Where(open.Remove));
                }
            }
        }

        return found;
    }

    private async Task<Page> DealsAsync(string filter, Func<Deal, string> named, CancellationToken cancellationToken)
    {
        var answer = await deals.ListDealsAsync(new ListDealsRequest { Filter = filter }, cancellationToken: cancellationToken);
        return new([.. answer.Deals.Select(named).Select(Guid.Parse)], answer.NextPageToken.Length > 0);
    }

    private async Task<Page> QuotesAsync(string filter, Func<Quote, string> named, CancellationToken cancellationToken)
    {
        var answer = await quotes.ListQuotesAsync(new ListQuotesRequest { Filter = filter }, cancellationToken: cancellationToken);
        return new([.. answer.Quotes.Select(named).Select(Guid.Parse)], answer.NextPageToken.Length > 0);
    }

    private async Task<Page> InvoicesAsync(string filter, Func<Invoice, string> named, CancellationToken cancellationToken)
    {
        var answer = await invoices.ListInvoicesAsync(new ListInvoicesRequest { Filter = filter }, cancellationToken: cancellationToken);
        return new([.. answer.Invoices.Select(named).Select(Guid.Parse)], answer.NextPageToken.Length > 0);
    }

    private static string FilterOf(string field, IEnumerable<Guid> ids) => string.Join(" OR ", ids.Select(id => $"{field} = \"{id}\""));

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

    /// <summary>What a list told.</summary>
    /// <param name="Named">The ids that its records name.</param>
    /// <param name="HasMore">Whether there are more records.</param>
    private sealed record Page(IReadOnlyList<Guid> Named, bool HasMore);
}
