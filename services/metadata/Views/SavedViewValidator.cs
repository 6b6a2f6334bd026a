using FluentValidation;
using Platform.CustomFields.V1;
using Platform.Metadata.Shapes;
using Platform.Validation;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Views;

internal sealed class SavedViewValidator : AbstractValidator<V1.SavedView>
{
    private const int MaxColumns = 100;

    public SavedViewValidator()
    {
        RuleFor(view => view.Key).OptionalKey();
        RuleFor(view => view.Label).Label();
        RuleFor(view => view.LabelTranslations).Translations();
        RuleFor(view => view.Kind).IsInEnum().WithMessage(_ => Unknown);
        RuleFor(view => view.Pinned).Must((view, pinned) => !pinned || view.Visibility == Visibility.Company).WithMessage(_ => Say(
            "Only views of the company are pinned.", "Nur Ansichten der Firma werden angeheftet.", "Закреплять можно только общие представления."));
        RuleFor(view => view.DefaultForRoles).Roles();
        RuleFor(view => view.DefaultForRoles).Must((view, roles) => roles.Count == 0 || view.Visibility == Visibility.Company).WithMessage(_ => Say(
            "Only views of the company are what roles begin with.", "Nur mit Ansichten der Firma beginnen Rollen.", "Роли начинают только с общих представлений."));
        RuleFor(view => view.Position).InclusiveBetween(0, 100_000).WithMessage(_ => Say("Use 0 to 100,000.", "Nehmen Sie 0 bis 100.000.", "От 0 до 100 000."));
        RuleFor(view => view.Columns)
            .Must(columns => columns.Count <= MaxColumns).WithMessage(_ => Say($"A view has at most {MaxColumns} columns.", $"Eine Ansicht hat höchstens {MaxColumns} Spalten.", $"Не больше {MaxColumns} столбцов."))
            .Must(columns => columns.Select(column => column.Path).Distinct(StringComparer.Ordinal).Count() == columns.Count).WithMessage(_ => Say("A column stands twice.", "Eine Spalte steht doppelt.", "Столбец указан дважды."));
        RuleForEach(view => view.Columns).ChildRules(column => column.RuleFor(named => named.Width).Must(width => width == 0 || width is >= 40 and <= 2_000)
            .WithMessage(_ => Say("Use 40 to 2,000 pixels, or 0.", "Nehmen Sie 40 bis 2.000 Pixel oder 0.", "От 40 до 2000 пикселей или 0.")));
        RuleFor(view => view.GroupField).Must((view, path) => view.Kind != V1.SavedViewKind.Board || path.Length > 0).WithMessage(_ => Say(
            "A board needs the field of its columns.", "Ein Board braucht das Feld seiner Spalten.", "Доске нужно поле столбцов."));
        RuleFor(view => view.CalendarField).Must((view, path) => view.Kind != V1.SavedViewKind.Calendar || path.Length > 0).WithMessage(_ => Say(
            "A calendar needs the field of its days.", "Ein Kalender braucht das Feld seiner Tage.", "Календарю нужно поле дня."));
        RuleFor(view => view.OrderBy).Text(1_000);
    }

    private static string Unknown => Say("There is no such value.", "Diesen Wert gibt es nicht.", "Такого значения нет.");
}
