using Google.Api;
using Platform.Errors;

namespace Platform.Deals.Quotes.Links;

internal static class GetQuoteLinkLogo
{
    public static async Task<Result<HttpBody>> Handle(V1.GetQuoteLinkLogoRequest request, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        var opened = await LinkScope.OpenAsync(request.Token, scopes, cancellationToken);
        if (opened.IsError)
            return opened.Error;
        await using var scope = opened.Value;
        return await scope.Sites.GetLogoAsync(cancellationToken);
    }
}
