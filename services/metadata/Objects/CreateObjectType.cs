using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Metadata.Schemas;

namespace Platform.Metadata.Objects;

internal static class CreateObjectType
{
    public sealed class Validator : AbstractValidator<V1.CreateObjectTypeRequest>
    {
        public Validator() => RuleFor(request => request.ObjectType).NotNull().WithMessage("Send the object.").SetValidator(new ObjectTypeValidator());
    }

    public static Task<Result<V1.ObjectType>> Handle(V1.CreateObjectTypeRequest request, MetadataDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeObjectAsync(() => CreateAsync(request.ObjectType, db, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<CustomObject>> CreateAsync(V1.ObjectType message, MetadataDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Objects.AsNoTracking().FirstOrDefaultAsync(row => row.Key == message.Key || row.PluralKey == message.PluralKey, cancellationToken) is { } known)
            return (known.Key == message.Key ? "key" : "pluralKey") is var taken && known.IsDeleted ? ObjectErrors.Deleted(taken) : ObjectErrors.Exists(taken);
        if (await db.Objects.CountAsync(cancellationToken) >= ObjectRules.MaxObjects)
            return ObjectErrors.TooMany;
        var created = CustomObject.Create(message, now);
        if (await PublicationRules.CheckAsync(db, message, created.Resource, cancellationToken) is { } unpublishable)
            return unpublishable;
        db.Objects.Add(created);
        return await db.TrySaveChangesAsync(cancellationToken, ObjectErrors.OnCreate()) is { } error ? error : created;
    }
}
