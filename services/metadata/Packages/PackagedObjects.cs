using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Metadata.Fields;
using Platform.Metadata.Objects;
using Platform.Metadata.Shapes;
using Platform.Validation;

namespace Platform.Metadata.Packages;

/// <summary>Makes, changes and deletes the objects of a package. One that was deleted and can be restored is, with its records.</summary>
internal sealed class PackagedObjects(MetadataDbContext db, ShapeWork work, IOptions<FieldOptions> options, TimeProvider time)
{
    private static readonly FieldMask Whole = new() { Paths = { "*" } };

    public async Task<Error?> TakeAsync(PackageChange change, CancellationToken cancellationToken)
    {
        // What fields and views may name is another from here on.
        work.Forget();
        var wanted = (ObjectType)change.Item.Message;
        var known = await db.Objects.AsNoTracking().SingleOrDefaultAsync(row => row.Key == wanted.Key, cancellationToken);
        if (change.After is null)
            return known is null ? null : (await DeleteObjectType.Handle(new DeleteObjectTypeRequest { Id = known.Id.ToString() }, db, options.Value, time, cancellationToken)).Error;
        if (((Result<ObjectType>)wanted).Validate(new ObjectTypeValidator(), "objectType").Error is { } invalid)
            return invalid;
        if (known is null)
            return (await CreateObjectType.Handle(new CreateObjectTypeRequest { ObjectType = wanted }, db, time, cancellationToken)).Error;
        if (known.IsDeleted && (await UndeleteObjectType.Handle(new UndeleteObjectTypeRequest { Id = known.Id.ToString() }, db, time, cancellationToken)).Error is { } refused)
            return refused;
        var changed = wanted.Clone();
        (changed.Id, changed.Publication) = (known.Id.ToString(), known.Definition.Publication);
        return (await UpdateObjectType.Handle(new UpdateObjectTypeRequest { ObjectType = changed, UpdateMask = Whole }, db, time, cancellationToken)).Error;
    }
}
