using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Metadata.Objects;
using Platform.Metadata.Schemas;

namespace Platform.Metadata.Fields;

internal static class CreateField
{
    public sealed class Validator : AbstractValidator<V1.CreateFieldRequest>
    {
        public Validator() => RuleFor(request => request.Field).NotNull().WithMessage("Send the field.").SetValidator(new FieldValidator());
    }

    public static Task<Result<V1.Field>> Handle(V1.CreateFieldRequest request, MetadataDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeFieldAsync(() => CreateAsync(request.Field, db, time.GetUtcNow(), cancellationToken), request.ValidateOnly, cancellationToken);

    private static async Task<Result<CustomField>> CreateAsync(V1.Field message, MetadataDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await ObjectReferences.CheckAsync(db, message, cancellationToken) is { } missing)
            return missing;
        if (await db.Fields.AsNoTracking().SingleOrDefaultAsync(row => row.Resource == message.Resource && row.Key == message.Key, cancellationToken) is { } known)
            return known.IsDeleted ? FieldErrors.Deleted : FieldErrors.Exists;
        if (await db.Fields.CountAsync(row => row.Resource == message.Resource, cancellationToken) >= FieldRules.MaxFields)
            return FieldErrors.TooMany;
        var canonical = await FieldRules.CanonicalAsync(message, db, cancellationToken);
        if (canonical.IsError)
            return canonical.Error;
        var field = CustomField.Create(canonical.Value, now);
        db.Fields.Add(field);
        return await db.TrySaveChangesAsync(cancellationToken, FieldErrors.KeyTaken) is { } error ? error : field;
    }
}
