using Microsoft.EntityFrameworkCore;
using Platform.Deals.Stages;
using Platform.Errors;
using Platform.Monetary.Rates;
using Platform.Publishing;
using Platform.Tenancy;

namespace Platform.Deals.Quotes.Links;

/// <summary>A scope that works for the company of a link, whoever calls and with whatever token: all that it may reach is the one quote.</summary>
internal sealed class LinkScope : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;

    private LinkScope(AsyncServiceScope scope) => _scope = scope;

    public DealsDbContext Db => _scope.ServiceProvider.GetRequiredService<DealsDbContext>();

    public ReportingRates Rates => _scope.ServiceProvider.GetRequiredService<ReportingRates>();

    public StageDirectory Stages => _scope.ServiceProvider.GetRequiredService<StageDirectory>();

    public PublicSites Sites => _scope.ServiceProvider.GetRequiredService<PublicSites>();

    public Guid QuoteId { get; private set; }

    /// <summary>An error where the token leads to no quote, or its company deals with nobody any more.</summary>
    public static async Task<Result<LinkScope>> OpenAsync(string token, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        if (LinkToken.Parse(token) is not { } link)
            return QuoteErrors.LinkUnknown;
        return await new LinkScope(scopes.CreateAsyncScope()).UnlessRefusedAsync(scope => scope.FindAsync(link, cancellationToken));
    }

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    // The secret first: whoever only tries asks no other service.
    private async Task<Error?> FindAsync(LinkToken link, CancellationToken cancellationToken)
    {
        _scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(link.Tenant, "quote-link");
        var hash = link.Hash;
        if (await Db.QuoteLinks.AsNoTracking().SingleOrDefaultAsync(row => row.TokenHash == hash, cancellationToken) is not { } row)
            return QuoteErrors.LinkUnknown;
        QuoteId = row.QuoteId;
        return await _scope.ServiceProvider.GetRequiredService<LinkOwners>().CheckAsync(cancellationToken);
    }
}
