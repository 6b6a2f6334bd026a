using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Metadata.Shapes;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Themes;

internal static class BrandTheme
{
    public const int MaxBytes = 256 * 1024;

    public static Task<Result<V1.Theme>> Handle(V1.BrandThemeRequest request, ShapeWork work, CancellationToken cancellationToken) =>
        ThemeKind.Instance.ChangeAsync(work, async () =>
        {
            if (await ThemeKind.Instance.LoadAsync(request.Id, work, cancellationToken) is not { } theme)
                return Error.NotFound(ThemeKind.Instance.Noun, request.Id);
            return await SetAsync(theme, request.Logo.Memory, work, cancellationToken);
        }, cancellationToken);

    /// <summary>Gives a theme its logo, or takes it away, and saves.</summary>
    public static async Task<Result<V1.Theme>> SetAsync(Theme theme, ReadOnlyMemory<byte> logo, ShapeWork work, CancellationToken cancellationToken)
    {
        if (logo.Length > MaxBytes)
            return Refused("LOGO_TOO_LARGE", Say("A logo has at most 256 KiB.", "Ein Logo hat höchstens 256 KiB.", "Логотип не больше 256 КиБ."));
        var type = logo.IsEmpty ? "" : ImageFormat.TypeOf(logo.Span);
        if (type is null)
            return Refused("LOGO_UNREADABLE", Say(
                "Send a whole PNG or WebP of at most 2,000 pixels a side.", "Senden Sie ein vollständiges PNG oder WebP von höchstens 2.000 Pixeln je Seite.", "Нужен целый PNG или WebP, не больше 2000 пикселей по стороне."));
        var known = await work.Db.ThemeLogos.SingleOrDefaultAsync(row => row.ThemeId == theme.Id, cancellationToken);
        if (logo.IsEmpty && known is not null)
            work.Db.ThemeLogos.Remove(known);
        else if (!logo.IsEmpty && known is not null)
            (known.ContentType, known.Content) = (type, logo.ToArray());
        else if (!logo.IsEmpty)
            work.Db.ThemeLogos.Add(new ThemeLogo { ThemeId = theme.Id, ContentType = type, Content = logo.ToArray() });
        theme.Update(theme.ToMessage(), work.Time.GetUtcNow());
        work.Db.Audit("brand", "metadata.theme", theme.Id.ToString(), after: new Struct { Fields = { ["logoType"] = Value.ForString(type), ["bytes"] = Value.ForNumber(logo.Length) } });
        await ThemeKind.Instance.TellAsync(theme, deleted: false, work, cancellationToken);
        return await work.Db.TrySaveChangesAsync(cancellationToken) is { } error ? error : await ShapeReply.OfAsync(ThemeKind.Instance, theme, work, cancellationToken);
    }

    private static Error Refused(string code, string message) => new(Google.Rpc.Code.InvalidArgument, code, message) { Violations = [new FieldViolation("logo", message)] };
}
