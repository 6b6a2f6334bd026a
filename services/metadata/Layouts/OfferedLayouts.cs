using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.V1;
using Platform.Filtering;
using Platform.Metadata.Resources;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Layouts;

/// <summary>The layouts of a resource that are for the caller.</summary>
internal static class OfferedLayouts
{
    private static readonly LayoutKind[] Kinds = [LayoutKind.Form, LayoutKind.List, LayoutKind.Card];

    public static async Task AddAsync(ResourceDescriptor descriptor, ResourceShape resource, ShapeWork work, CancellationToken cancellationToken)
    {
        var layouts = await ForCallerAsync(resource, work, cancellationToken);
        foreach (var kind in Kinds)
        {
            foreach (var (layout, filter) in layouts.Where(candidate => candidate.Layout.Kind == kind).Append((GeneratedLayout.Of(kind, resource), null)))
            {
                // What asks for nothing of the record is decided here.
                var isForAll = filter is not { Fields.Count: > 0 };
                if (isForAll && !Fits(filter, resource.Info.Message.Parser.ParseFrom([]), resource, work))
                    continue;
                descriptor.Layouts.Add(LayoutFields.For(layout, resource));
                if (isForAll)
                    break;
            }
        }
    }

    /// <summary>The one for a record.</summary>
    public static async Task<V1.Layout> ForAsync(IMessage record, LayoutKind kind, ResourceShape resource, ShapeWork work, CancellationToken cancellationToken)
    {
        var layouts = await ForCallerAsync(resource, work, cancellationToken);
        var chosen = layouts.Where(candidate => candidate.Layout.Kind == kind).FirstOrDefault(candidate => Fits(candidate.Filter, record, resource, work)).Layout;
        return LayoutFields.For(chosen ?? GeneratedLayout.Of(kind, resource), resource);
    }

    // One whose condition names a field that is gone fits nothing.
    private static async Task<List<(V1.Layout Layout, BoundFilter<IMessage>? Filter)>> ForCallerAsync(ResourceShape resource, ShapeWork work, CancellationToken cancellationToken)
    {
        var rows = await work.Db.Layouts.AsNoTracking().Where(row => row.Resource == resource.Name).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToMessage())
            .Where(layout => layout.Roles.Count == 0 || layout.Roles.Intersect(work.Caller.Roles()).Any())
            .OrderBy(layout => layout.Position).ThenBy(layout => layout.Key, StringComparer.Ordinal)
            .Select(layout => (Layout: layout, Bound: resource.Bind(layout.Condition)))
            .Where(candidate => !candidate.Bound.IsError)
            .Select(candidate => (candidate.Layout, candidate.Bound.Value))];
    }

    private static bool Fits(BoundFilter<IMessage>? filter, IMessage record, ResourceShape resource, ShapeWork work) =>
        filter is null || filter.Evaluate(record, FilterContext.Of(work.Caller, work.Time) with { CustomFields = resource.Custom });
}
