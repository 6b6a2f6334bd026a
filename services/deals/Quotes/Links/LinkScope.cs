using Microsoft.EntityFrameworkCore;
using Platform.Deals.Stages;
using Platform.Errors;
using Platform.Monetary.Rates;
using Platform.Tenancy;

namespace Platform.Deals.Quotes.Links;

/// <summary>A scope that works for the company of a link, whoever calls and with whatever token: all that it may reach is the one quote.</summary>
internal sealed class LinkScope : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;

    private LinkScope(AsyncServiceScope scope, Guid tenant)
    {
        _scope = scope;
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "quote-link");
        Db = scope.ServiceProvider.GetRequiredService<DealsDbContext>();
    }

    public DealsDbContext Db { get; }

    public ReportingRates Rates => _scope.ServiceProvider.GetRequiredService<ReportingRates>();

    public StageDirectory Stages => _scope.ServiceProvider.GetRequiredService<StageDirectory>();

    public Guid QuoteId { get; private set; }

    /// <summary>An error where the token leads to no quote.</summary>
    public static async Task<Result<LinkScope>> OpenAsync(string token, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        if (LinkToken.Parse(token) is not { } link)
            return QuoteErrors.LinkUnknown;
        var scope = new LinkScope(scopes.CreateAsyncScope(), link.Tenant);
        var hash = link.Hash;
        if (await scope.Db.QuoteLinks.AsNoTracking().SingleOrDefaultAsync(row => row.TokenHash == hash, cancellationToken) is { } row)
        {
            scope.QuoteId = row.QuoteId;
            return scope;
        }

        await scope.DisposeAsync();
        return QuoteErrors.LinkUnknown;
    }

    public ValueTask DisposeAsync() => _scope.DisposeAsync();
}
