using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Errors;
using Platform.Metadata.Dictionaries;
using Platform.Metadata.Fields;
using Platform.Metadata.Schemas;
using static Platform.Languages.Wording;

namespace Platform.Metadata.Resources;

internal static class GetSchema
{
    private const int MaxResources = 50;

    public sealed class Validator : AbstractValidator<V1.GetSchemaRequest>
    {
        public Validator() => RuleFor(request => request.Resources).Must(names => names.Count is > 0 and <= MaxResources).WithMessage(_ => Say($"Name 1 to {MaxResources} resources."));
    }

    // The version first: fields that are newer than it are asked for once more, and none is missed.
    public static async Task<Result<V1.Schema>> Handle(V1.GetSchemaRequest request, MetadataDbContext db, CancellationToken cancellationToken)
    {
        // Who may do nothing here is no member, whatever the token says.
        if (db.Caller.TenantId is null || db.Caller.Permissions.Count == 0)
            return Error.PermissionDenied(Permissions.Read);
        var schema = new V1.Schema { Version = await db.VersionAsync(cancellationToken) };
        if (schema.Version == 0)
            return schema;
        var names = request.Resources.ToArray();
        var withObjects = names.Contains(ResourceCatalogue.Objects.Name);
        var rows = await db.Fields.AsNoTracking()
            .Where(row => (names.Contains(row.Resource) || (withObjects && row.Resource.StartsWith(ResourceCatalogue.ObjectPrefix))) && row.DeleteTime == null).ToListAsync(cancellationToken);
        schema.Fields.AddRange((await db.WithChoicesAsync(rows.Select(row => row.ToMessage()), cancellationToken)).InOrder());
        if (request.WithCounted)
            schema.Fields.AddRange(await CountedFields.BesideAsync(db, IsAskedFor, cancellationToken));
        if (withObjects)
            schema.Objects.AddRange((await db.Objects.AsNoTracking().Where(row => row.DeleteTime == null).ToListAsync(cancellationToken)).Select(row => row.ToMessage()));
        return schema;

        bool IsAskedFor(string resource) => names.Contains(resource) || (withObjects && resource.StartsWith(ResourceCatalogue.ObjectPrefix, StringComparison.Ordinal));
    }
}
