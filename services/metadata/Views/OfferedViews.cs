using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.V1;
using Platform.Metadata.Resources;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Views;

/// <summary>The views that a caller's menu of a resource offers, and the one with which the list opens.</summary>
internal static class OfferedViews
{
    private const int Most = 200;

    public static async Task AddAsync(ResourceDescriptor descriptor, ShapeWork work, CancellationToken cancellationToken)
    {
        var kind = SavedViewKind.Instance;
        var rows = await kind.SeenBy(work.Db.Views.AsNoTracking(), work.Caller).Where(row => row.Resource == descriptor.Resource).ToListAsync(cancellationToken);
        var views = rows.Select(row => row.ToMessage()).Where(view => !SavedViewKind.IsOfAnotherTeam(view, work.Caller)).OrderBy(view => !view.Pinned).ThenByDescending(view => view.Visibility)
            .ThenBy(view => view.Position).ThenBy(view => view.Key, StringComparer.Ordinal).Take(Most).ToList();
        await kind.DressAsync(views, work, cancellationToken);
        descriptor.DefaultViewId = DefaultOf(views, work)?.Id ?? "";
        foreach (var view in views)
            view.Label = Language.Pick(view.LabelTranslations, Language.Current, view.Label);
        descriptor.Views.AddRange(views);
    }

    /// <summary>Ids of the views that the caller prefers.</summary>
    public static async Task<HashSet<string>> PreferredViewsAsync(this ShapeWork work, CancellationToken cancellationToken)
    {
        if (work.Caller.UserId() is not { } user)
            return [];
        var ids = await work.Db.ViewPreferences.AsNoTracking().Where(preference => preference.UserId == user).Select(preference => preference.ViewId).ToListAsync(cancellationToken);
        return [.. ids.Select(id => id.ToString())];
    }

    // The caller's own choice, else that of a role of the caller.
    private static V1.SavedView? DefaultOf(List<V1.SavedView> views, ShapeWork work) =>
        views.FirstOrDefault(view => view.Preferred) ?? views.FirstOrDefault(view => view.DefaultForRoles.Intersect(work.Caller.Roles()).Any());
}
