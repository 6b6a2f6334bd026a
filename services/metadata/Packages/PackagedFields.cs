using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Metadata.Fields;
using Platform.Metadata.Shapes;
using Platform.Validation;

namespace Platform.Metadata.Packages;

/// <summary>Makes, changes and deletes the fields of a package. One that was deleted and can be restored is, with its values.</summary>
internal sealed class PackagedFields(MetadataDbContext db, ShapeWork work, IOptions<FieldOptions> options, TimeProvider time)
{
    private static readonly FieldMask Whole = new() { Paths = { "*" } };

    public async Task<Error?> TakeAsync(PackageChange change, CancellationToken cancellationToken)
    {
        // What views may name is another from here on.
        work.Forget();
        var wanted = (Field)change.Item.Message;
        var known = await db.Fields.AsNoTracking().SingleOrDefaultAsync(row => row.Resource == wanted.Resource && row.Key == wanted.Key, cancellationToken);
        if (change.After is null)
            return known is null ? null : (await DeleteField.Handle(new DeleteFieldRequest { Id = known.Id.ToString() }, db, options.Value, time, cancellationToken)).Error;
        if (((Result<Field>)wanted).Validate(new FieldValidator(), "field").Error is { } invalid)
            return invalid;
        if (known is null)
            return (await CreateField.Handle(new CreateFieldRequest { Field = wanted }, db, time, cancellationToken)).Error;
        if (known.IsDeleted && (await UndeleteField.Handle(new UndeleteFieldRequest { Id = known.Id.ToString() }, db, time, cancellationToken)).Error is { } refused)
            return refused;
        var changed = wanted.Clone();
        changed.Id = known.Id.ToString();
        return (await UpdateField.Handle(new UpdateFieldRequest { Field = changed, UpdateMask = Whole }, db, time, cancellationToken)).Error;
    }
}
