using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Metadata.Resources;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Themes;

internal static class GetActiveTheme
{
    public static async Task<Result<V1.Theme>> Handle(ShapeWork work, CancellationToken cancellationToken)
    {
        var theme = (await work.Db.Themes.AsNoTracking().FirstOrDefaultAsync(row => row.Active, cancellationToken))?.ToMessage()
            ?? new V1.Theme { Key = "platform", Label = "Platform", Active = true, Radius = 8 };
        await ThemeKind.Instance.DressAsync([theme], work, cancellationToken);
        theme.Label = Language.Pick(theme.LabelTranslations, Language.Current, theme.Label);
        (theme.Light, theme.Dark) = (Palette.Whole(theme.Light, Palette.Light), Palette.Whole(theme.Dark, Palette.Dark));
        return theme;
    }
}
