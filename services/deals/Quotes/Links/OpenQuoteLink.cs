using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Deals.Quotes.Links;

internal static class OpenQuoteLink
{
    private static readonly string Module = Modules.Of(Permissions.Read);

    // Whoever has the link waits for the quote and not for its colours.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<Result<V1.LinkedQuote>> Handle(V1.OpenQuoteLinkRequest request, IServiceScopeFactory scopes, TimeProvider time, CancellationToken cancellationToken)
    {
        var opened = await LinkScope.OpenAsync(request.Token, scopes, cancellationToken);
        if (opened.IsError)
            return opened.Error;
        await using var scope = opened.Value;
        var linked = (await scope.Db.Quotes.AsNoTracking().SingleAsync(quote => quote.Id == scope.QuoteId, cancellationToken)).ToLinked(time.GetUtcNow());
        linked.Site = await LookAsync(scope, cancellationToken);
        return linked;
    }

    // A quote is read and answered without colours too.
    private static async Task<Site?> LookAsync(LinkScope scope, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var asked = await scope.Sites.GetAsync(Module, patience.Token);
            if (asked.IsError)
                return null;
            // Where its other pages are is not what the link is for.
            asked.Value.Name = "";
            return asked.Value;
        }
        catch (Exception failure) when (failure is Grpc.Core.RpcException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
