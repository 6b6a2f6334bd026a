using FluentValidation;
using Platform.CustomFields.V1;
using Platform.Metadata.Shapes;
using Platform.Validation;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Dashboards;

internal sealed class DashboardValidator : AbstractValidator<V1.Dashboard>
{
    private const int MaxWidgets = 50;

    public DashboardValidator()
    {
        RuleFor(dashboard => dashboard.Key).OptionalKey();
        RuleFor(dashboard => dashboard.Label).Label();
        RuleFor(dashboard => dashboard.LabelTranslations).Translations();
        RuleFor(dashboard => dashboard.DefaultForRoles).Roles();
        RuleFor(dashboard => dashboard.DefaultForRoles).Must((dashboard, roles) => roles.Count == 0 || dashboard.Visibility == Visibility.Company).WithMessage(_ => Say(
            "Only dashboards of the company are what roles begin with.", "Nur mit Übersichten der Firma beginnen Rollen.", "Роли начинают только с общих панелей."));
        RuleFor(dashboard => dashboard.Position).InclusiveBetween(0, 100_000).WithMessage(_ => Between(0, 100_000));
        RuleFor(dashboard => dashboard.Widgets).Must(widgets => widgets.Count <= MaxWidgets).WithMessage(_ => Say(
            $"A dashboard has at most {MaxWidgets} widgets.", $"Eine Übersicht hat höchstens {MaxWidgets} Kacheln.", $"На панели не больше {MaxWidgets} виджетов."));
        RuleForEach(dashboard => dashboard.Widgets).SetValidator(new WidgetValidator());
    }

    private static string Between(int least, int most) => Say($"Use {least} to {most}.", $"Nehmen Sie {least} bis {most}.", $"От {least} до {most}.");

    private sealed class WidgetValidator : AbstractValidator<Widget>
    {
        public WidgetValidator()
        {
            RuleFor(widget => widget.Title).Text(100);
            RuleFor(widget => widget.TitleTranslations).Translations();
            RuleFor(widget => widget.Kind).IsInEnum().WithMessage(_ => Unknown);
            RuleFor(widget => widget.Chart).IsInEnum().WithMessage(_ => Unknown);
            RuleFor(widget => widget.GroupPeriod).IsInEnum().WithMessage(_ => Unknown);
            RuleFor(widget => widget.Aggregation).Must(aggregation => aggregation is null || Enum.IsDefined(aggregation.Function)).WithMessage(_ => Unknown);
            RuleFor(widget => widget.GroupBy).Must((widget, path) => widget.Kind != WidgetKind.Chart || path.Length > 0).WithMessage(_ => Say(
                "A chart needs the field by which it groups.", "Ein Diagramm braucht das Feld, nach dem es gruppiert.", "Диаграмме нужно поле группировки."));
            RuleFor(widget => widget.Columns).Must(columns => columns.Count <= 20).WithMessage(_ => Say("Use at most 20 columns.", "Nehmen Sie höchstens 20 Spalten.", "Не больше 20 столбцов."));
            RuleFor(widget => widget.OrderBy).Text(1_000);
            RuleFor(widget => widget.Limit).InclusiveBetween(0, 50).WithMessage(_ => Between(0, 50));
            RuleFor(widget => widget.X).InclusiveBetween(0, 11).WithMessage(_ => Between(0, 11));
            RuleFor(widget => widget.Y).InclusiveBetween(0, 1_000).WithMessage(_ => Between(0, 1_000));
            RuleFor(widget => widget.Width).InclusiveBetween(0, 12).WithMessage(_ => Between(0, 12));
            RuleFor(widget => widget.Height).InclusiveBetween(0, 20).WithMessage(_ => Between(0, 20));
        }

        private static string Unknown => Say("There is no such value.", "Diesen Wert gibt es nicht.", "Такого значения нет.");
    }
}
