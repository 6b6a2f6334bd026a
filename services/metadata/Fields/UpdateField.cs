using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Metadata.Objects;
using Platform.Metadata.Schemas;
using Platform.Validation;

namespace Platform.Metadata.Fields;

internal static class UpdateField
{
    public sealed class Validator : AbstractValidator<V1.UpdateFieldRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Field).NotNull().WithMessage("Send the field.");
            RuleFor(request => request.Field.Id).Id().When(request => request.Field is not null);
        }
    }

    public static Task<Result<V1.Field>> Handle(V1.UpdateFieldRequest request, MetadataDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeFieldAsync(() => ChangeAsync(request, db, time.GetUtcNow(), cancellationToken), request.ValidateOnly, cancellationToken);

    private static async Task<Result<CustomField>> ChangeAsync(V1.UpdateFieldRequest request, MetadataDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(request.Field.Id);
        if (await db.Fields.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } field)
            return FieldErrors.NotFound(request.Field.Id);
        if (!field.Matches(request.Field.Etag))
            return Error.Stale("field");
        if (field.IsDeleted)
            return FieldErrors.IsDeleted;
        var merged = Masks.Merge(field.ToMessage(), request.Field, request.UpdateMask).Validate(new FieldValidator(), "field");
        if (merged.IsError)
            return merged.Error;
        if (ChangedIdentity(field, merged.Value) is { } changed)
            return FieldErrors.NeverChanges(changed);
        if (await ObjectReferences.CheckAsync(db, merged.Value, cancellationToken) is { } missing)
            return missing;
        var canonical = await FieldRules.CanonicalAsync(merged.Value, db, cancellationToken);
        if (canonical.IsError)
            return canonical.Error;
        field.Update(canonical.Value, now);
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : field;
    }

    private static string? ChangedIdentity(CustomField field, V1.Field merged) =>
        merged.Key != field.Key ? "key" : merged.Type != field.Type ? "type" : merged.Resource != field.Resource ? "resource" : merged.NumberPattern != field.Definition.NumberPattern ? "numberPattern"
        : merged.RollUp?.Resource != field.Definition.RollUp?.Resource ? "rollUp.resource" : null;
}
