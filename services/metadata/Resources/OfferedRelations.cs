using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Metadata.Fields;
using Platform.Metadata.Shapes;
using Platform.Tenants.V1;

namespace Platform.Metadata.Resources;

/// <summary>Where records of a resource lead, and which records lead to them: what a client shows beside one.</summary>
internal static class OfferedRelations
{
    private static readonly V1.FieldType[] Leading = [V1.FieldType.Relation, V1.FieldType.Relations];

    public static async Task AddAsync(V1.ResourceDescriptor descriptor, ShapeWork work, CancellationToken cancellationToken)
    {
        var rows = await work.Db.Fields.AsNoTracking().Where(row => Leading.Contains(row.Type) && row.DeleteTime == null).ToListAsync(cancellationToken);
        var fields = rows.Select(row => row.ToMessage()).Where(field => IsShown(field, work)).InOrder().ToList();
        var objects = (await work.Db.Objects.AsNoTracking().Where(row => row.DeleteTime == null).ToListAsync(cancellationToken)).ToDictionary(row => row.Resource, row => row.ToMessage());
        foreach (var field in fields.Where(field => field.Resource == descriptor.Resource))
            Add(descriptor, field, field.RelatedResource, isIncoming: false, objects, work);
        foreach (var field in fields.Where(field => field.RelatedResource == descriptor.Resource))
            Add(descriptor, field, field.Resource, isIncoming: true, objects, work);
    }

    private static bool IsShown(V1.Field field, ShapeWork work) =>
        work.Caller.Access?.FieldsOf(field.Resource).AccessTo(ResourceInfo.CustomFieldsPrefix + field.Key) is not (FieldAccess.Hidden or FieldAccess.Masked);

    private static void Add(V1.ResourceDescriptor descriptor, V1.Field field, string other, bool isIncoming, Dictionary<string, V1.ObjectType> objects, ShapeWork work)
    {
        // An object that is deleted is not there, whatever leads to it.
        if (ResourceCatalogue.Find(other) is not { } info || (info.Rows.Length > 0 && !objects.ContainsKey(other)) || !work.Caller.Permissions.Contains(info.PermissionFor(AccessAction.Read)))
            return;
        var (isList, head) = (field.Type == V1.FieldType.Relations, new Description(info, work.Caller, Language.Current, objects.GetValueOrDefault(other)).Head());
        descriptor.Relations.Add(new V1.RelationDescriptor
        {
            Path = ResourceInfo.CustomFieldsPrefix + field.Key,
            Label = Language.Pick(field.LabelTranslations, Language.Current, field.Label),
            Incoming = isIncoming,
            Many = isIncoming || isList,
            Resource = other,
            ResourceLabel = isIncoming || isList ? head.PluralLabel : head.Label,
            RestPath = head.RestPath,
            Filter = !isIncoming ? "" : isList ? $"{ResourceInfo.CustomFields}.{field.Key}:\"{{id}}\"" : $"{ResourceInfo.CustomFields}.{field.Key} = \"{{id}}\"",
            OnDelete = field.OnDelete,
        });
    }
}
