using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Filtering;
using Platform.Metadata.Fields;
using Platform.Metadata.Resources;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Dashboards;

internal static class ResolveDashboard
{
    private static readonly string[] OfGeneral = ["deals.deal", "contacts.lead", "finance.invoice", "contacts.person"];

    public static async Task<Result<V1.Dashboard>> Handle(ShapeWork work, CancellationToken cancellationToken)
    {
        var rows = await DashboardKind.Instance.SeenBy(work.Db.Dashboards.AsNoTracking(), work.Caller).ToListAsync(cancellationToken);
        var known = rows.Select(row => row.ToMessage()).OrderBy(dashboard => dashboard.Position).ThenBy(dashboard => dashboard.Key, StringComparer.Ordinal).ToList();
        var chosen = known.FirstOrDefault(dashboard => dashboard is { Home: true, Visibility: Visibility.Private })
            ?? known.FirstOrDefault(dashboard => dashboard.Visibility == Visibility.Company && dashboard.DefaultForRoles.Intersect(work.Caller.Roles()).Any())
            ?? known.FirstOrDefault(dashboard => dashboard is { Home: true, Visibility: Visibility.Company })
            ?? Generated(work);
        return await ForCallerAsync(chosen, work, cancellationToken);
    }

    // Without what the caller may not read, and what is gone.
    private static async Task<V1.Dashboard> ForCallerAsync(V1.Dashboard dashboard, ShapeWork work, CancellationToken cancellationToken)
    {
        var widgets = dashboard.Widgets.ToList();
        dashboard.Widgets.Clear();
        dashboard.Label = Language.Pick(dashboard.LabelTranslations, Language.Current, dashboard.Label);
        foreach (var widget in widgets)
        {
            if (await work.FindAsync(widget.Resource, cancellationToken) is not { } resource || !MayShow(widget, resource, work))
                continue;
            widget.Title = Language.Pick(widget.TitleTranslations, Language.Current, widget.Title.Length > 0 ? widget.Title : resource.Descriptor.PluralLabel);
            dashboard.Widgets.Add(widget);
        }

        return dashboard;
    }

    private static bool MayShow(Widget widget, ResourceShape resource, ShapeWork work) =>
        MayRead(resource.Info, work) && WidgetFaults.Of(widget, resource).Count == 0
        && WidgetFaults.Paths(widget).All(path => IsReadable(resource, path))
        && resource.Bind(widget.Filter) is { IsError: false } bound && bound.Value.Fields.All(path => IsReadable(resource, path))
        && OrderBy.Parse(widget.OrderBy) is { IsError: false } order && order.Value.Fields.All(path => IsReadable(resource, path));

    private static bool IsReadable(ResourceShape resource, string path) => resource.Find(path) is not { Access: "hidden" or "masked" };

    private static bool MayRead(ResourceInfo resource, ShapeWork work) => work.Caller.Permissions.Contains(resource.PermissionFor(AccessAction.Read));

    // How many there are, and what was changed last, of each kind of record that most people work with.
    private static V1.Dashboard Generated(ShapeWork work)
    {
        var dashboard = new V1.Dashboard { Generated = true, Visibility = Visibility.Company, Label = Language.Say("Overview", "Übersicht", "Обзор") };
        var resources = FieldRules.Resources.Where(resource => OfGeneral.Contains(resource.Name) && MayRead(resource, work)).OrderBy(resource => Array.IndexOf(OfGeneral, resource.Name)).ToList();
        for (var i = 0; i < resources.Count; i++)
        {
            dashboard.Widgets.Add(new Widget { Kind = WidgetKind.Number, Resource = resources[i].Name, X = i % 4 * 3, Width = 3, Height = 1 });
            dashboard.Widgets.Add(new Widget { Kind = WidgetKind.List, Resource = resources[i].Name, OrderBy = "update_time desc", Limit = 10, X = i % 2 * 6, Y = 1 + (i / 2 * 4), Width = 6, Height = 4 });
        }

        return dashboard;
    }
}
