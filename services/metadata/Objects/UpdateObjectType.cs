using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Metadata.Schemas;
using Platform.Validation;

namespace Platform.Metadata.Objects;

internal static class UpdateObjectType
{
    public sealed class Validator : AbstractValidator<V1.UpdateObjectTypeRequest>
    {
        public Validator()
        {
            RuleFor(request => request.ObjectType).NotNull().WithMessage("Send the object.");
            RuleFor(request => request.ObjectType.Id).Id().When(request => request.ObjectType is not null);
        }
    }

    public static Task<Result<V1.ObjectType>> Handle(V1.UpdateObjectTypeRequest request, MetadataDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeObjectAsync(() => ChangeAsync(request, db, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<CustomObject>> ChangeAsync(V1.UpdateObjectTypeRequest request, MetadataDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(request.ObjectType.Id);
        if (await db.Objects.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } known)
            return ObjectErrors.NotFound(request.ObjectType.Id);
        if (!known.Matches(request.ObjectType.Etag))
            return Error.Stale("object");
        if (known.IsDeleted)
            return ObjectErrors.IsDeleted;
        var merged = Masks.Merge(known.ToMessage(), request.ObjectType, request.UpdateMask).Validate(new ObjectTypeValidator(), "objectType");
        if (merged.IsError)
            return merged.Error;
        if (merged.Value.Key != known.Key)
            return ObjectErrors.NeverChanges("key");
        if (merged.Value.PluralKey != known.PluralKey)
            return ObjectErrors.NeverChanges("pluralKey");
        if (await PublicationRules.CheckAsync(db, merged.Value, known.Resource, cancellationToken) is { } unpublishable)
            return unpublishable;
        known.Update(merged.Value, now);
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : known;
    }
}
