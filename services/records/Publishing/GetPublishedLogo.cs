using Google.Api;
using Platform.Errors;

namespace Platform.Records.Publishing;

internal static class GetPublishedLogo
{
    public static async Task<Result<HttpBody>> Handle(V1.GetPublishedLogoRequest request, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        var opened = await PublishedScope.OpenAsync(request.Site, scopes, cancellationToken);
        if (opened.IsError)
            return opened.Error;
        await using var scope = opened.Value;
        return await scope.Sites.GetLogoAsync(cancellationToken);
    }
}
