using FluentValidation;
using Platform.CustomFields.V1;
using Platform.Metadata.Shapes;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Themes;

internal sealed class ThemeValidator : AbstractValidator<V1.Theme>
{
    public ThemeValidator()
    {
        RuleFor(theme => theme.Key).OptionalKey();
        RuleFor(theme => theme.Label).Label();
        RuleFor(theme => theme.LabelTranslations).Translations();
        RuleFor(theme => theme.Radius).InclusiveBetween(0, 24).WithMessage(_ => Say("Use 0 to 24 pixels.", "Nehmen Sie 0 bis 24 Pixel.", "От 0 до 24 пикселей."));
        RuleFor(theme => theme.Light).SetValidator(new ColorsValidator()!);
        RuleFor(theme => theme.Dark).SetValidator(new ColorsValidator()!);
    }

    private sealed class ColorsValidator : AbstractValidator<ThemeColors>
    {
        public ColorsValidator()
        {
            RuleFor(colors => colors.Background).OptionalColor();
            RuleFor(colors => colors.Surface).OptionalColor();
            RuleFor(colors => colors.Text).OptionalColor();
            RuleFor(colors => colors.MutedText).OptionalColor();
            RuleFor(colors => colors.Primary).OptionalColor();
            RuleFor(colors => colors.OnPrimary).OptionalColor();
            RuleFor(colors => colors.Link).OptionalColor();
            RuleFor(colors => colors.Danger).OptionalColor();
            RuleFor(colors => colors.Outline).OptionalColor();
        }
    }
}
