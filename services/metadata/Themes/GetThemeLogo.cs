using Google.Api;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Themes;

internal static class GetThemeLogo
{
    public static async Task<Result<HttpBody>> Handle(V1.GetThemeLogoRequest request, ShapeWork work, CancellationToken cancellationToken) =>
        request.ThemeId.ToId() is { } id && await work.Db.ThemeLogos.AsNoTracking().SingleOrDefaultAsync(row => row.ThemeId == id, cancellationToken) is { } logo
            ? new HttpBody { ContentType = logo.ContentType, Data = UnsafeByteOperations.UnsafeWrap(logo.Content) }
            : Error.NotFound("logo", request.ThemeId);
}
