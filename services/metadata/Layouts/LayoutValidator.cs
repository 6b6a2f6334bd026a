using FluentValidation;
using FluentValidation.Results;
using Platform.CustomFields.V1;
using Platform.Metadata.Shapes;
using Platform.Validation;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Layouts;

internal sealed class LayoutValidator : AbstractValidator<V1.Layout>
{
    private const int MaxSections = 50;
    private const int MaxFields = 500;

    public LayoutValidator()
    {
        RuleFor(layout => layout.Key).OptionalKey();
        RuleFor(layout => layout.Kind).Must(kind => kind != LayoutKind.Unspecified && Enum.IsDefined(kind)).WithMessage(_ => Say(
            "Use LAYOUT_KIND_FORM, LAYOUT_KIND_LIST or LAYOUT_KIND_CARD.", "Nehmen Sie LAYOUT_KIND_FORM, LAYOUT_KIND_LIST oder LAYOUT_KIND_CARD.", "LAYOUT_KIND_FORM, LAYOUT_KIND_LIST или LAYOUT_KIND_CARD."));
        RuleFor(layout => layout.Label).Label();
        RuleFor(layout => layout.LabelTranslations).Translations();
        RuleFor(layout => layout.Roles).Roles();
        RuleFor(layout => layout.Position).InclusiveBetween(0, 100_000).WithMessage(_ => Say("Use 0 to 100,000.", "Nehmen Sie 0 bis 100.000.", "От 0 до 100 000."));
        RuleFor(layout => layout.Sections)
            .Must(sections => sections.Count is > 0 and <= MaxSections).WithMessage(_ => Say($"A layout has 1 to {MaxSections} sections.", $"Ein Layout hat 1 bis {MaxSections} Abschnitte.", $"От 1 до {MaxSections} разделов."))
            .Must(sections => sections.Sum(section => section.Fields.Count) <= MaxFields).WithMessage(_ => Say($"A layout has at most {MaxFields} fields.", $"Ein Layout hat höchstens {MaxFields} Felder.", $"Не больше {MaxFields} полей."))
            .Must(HasEachOnce).WithMessage(_ => Say("A field stands twice.", "Ein Feld steht doppelt.", "Поле указано дважды."));
        RuleForEach(layout => layout.Sections).ChildRules(section =>
        {
            section.RuleFor(named => named.Title).Text(100);
            section.RuleFor(named => named.TitleTranslations).Translations();
            section.RuleFor(named => named.Columns).InclusiveBetween(0, 4).WithMessage(_ => Say("Use 1 to 4 columns.", "Nehmen Sie 1 bis 4 Spalten.", "От 1 до 4 столбцов."));
            section.RuleForEach(named => named.Fields).ChildRules(field =>
            {
                field.RuleFor(named => named.Help).Text(1_000);
                field.RuleFor(named => named.HelpTranslations).Translations(1_000);
            });
        });
        // A width is of another kind in a list, so the layout as a whole is asked, and the field named.
        RuleFor(layout => layout).Custom((layout, context) =>
        {
            for (var i = 0; i < layout.Sections.Count; i++)
            {
                for (var j = 0; j < layout.Sections[i].Fields.Count; j++)
                {
                    if (!FitsWidth(layout.Kind, layout.Sections[i].Fields[j].Width))
                        context.AddFailure(new ValidationFailure($"Sections[{i}].Fields[{j}].Width", WidthAdvice));
                }
            }
        });
    }

    private static string WidthAdvice => Say(
        "A field takes 1 to 4 columns, in a list 40 to 2,000 pixels, or 0.", "Ein Feld belegt 1 bis 4 Spalten, in einer Liste 40 bis 2.000 Pixel, oder 0.", "Поле занимает от 1 до 4 столбцов, в списке от 40 до 2000 пикселей, или 0.");

    private static bool FitsWidth(LayoutKind kind, int width) => width == 0 || (kind == LayoutKind.List ? width is >= 40 and <= 2_000 : width is >= 1 and <= 4);

    private static bool HasEachOnce(IEnumerable<LayoutSection> sections)
    {
        var paths = sections.SelectMany(section => section.Fields).Select(field => field.Path).ToList();
        return paths.Distinct(StringComparer.Ordinal).Count() == paths.Count;
    }
}
