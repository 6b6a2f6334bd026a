using Google.Api;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Themes;

/// <summary>The RPC table of themes.</summary>
internal sealed class ThemesService(ShapeWork work) : V1.ThemesService.ThemesServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListThemesResponse> ListThemes(V1.ListThemesRequest request, ServerCallContext context) =>
        Themes.ListThemes.Handle(request, work, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Theme> GetTheme(V1.GetThemeRequest request, ServerCallContext context) =>
        GetShape.Handle(ThemeKind.Instance, request.Id, work, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Theme> GetActiveTheme(V1.GetActiveThemeRequest request, ServerCallContext context) =>
        Themes.GetActiveTheme.Handle(work, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Theme> CreateTheme(V1.CreateThemeRequest request, ServerCallContext context) =>
        CreateShape.Handle(ThemeKind.Instance, request.Theme, work, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Theme> UpdateTheme(V1.UpdateThemeRequest request, ServerCallContext context) =>
        UpdateShape.Handle(ThemeKind.Instance, request.Theme, request.UpdateMask, work, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<Empty> DeleteTheme(V1.DeleteThemeRequest request, ServerCallContext context) =>
        DeleteShape.Handle(ThemeKind.Instance, request.Id, request.Etag, work, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Theme> BrandTheme(V1.BrandThemeRequest request, ServerCallContext context) =>
        Themes.BrandTheme.Handle(request, work, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<HttpBody> GetThemeLogo(V1.GetThemeLogoRequest request, ServerCallContext context) =>
        Themes.GetThemeLogo.Handle(request, work, context.CancellationToken).Reply();
}
