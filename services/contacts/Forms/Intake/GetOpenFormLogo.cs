using Google.Api;
using Platform.Errors;

namespace Platform.Contacts.Forms.Intake;

internal static class GetOpenFormLogo
{
    public static async Task<Result<HttpBody>> Handle(V1.GetOpenFormLogoRequest request, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        var opened = await FormScope.OpenAsync(request.Site, request.Form, scopes, cancellationToken);
        if (opened.IsError)
            return opened.Error;
        await using var scope = opened.Value;
        return await scope.Sites.GetLogoAsync(cancellationToken);
    }
}
