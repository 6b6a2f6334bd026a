using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Records.Objects;
using Platform.Undoing.Imports;

namespace Platform.Records.Imports.Undoing;

internal static class GetImport
{
    public sealed class Validator : AbstractValidator<V1.GetImportRequest>
    {
        public Validator() => RuleFor(request => request.Object).ObjectName();
    }

    public static async Task<Result<V1.Import>> Handle(V1.GetImportRequest request, RecordsDbContext db, CustomFieldDirectory fields, RecordOptions options, CancellationToken cancellationToken)
    {
        // Objects cannot be named without them.
        if (await fields.TryLoadAsync(db.Caller, cancellationToken) is { } unavailable)
            return unavailable;
        var known = db.Caller.FindObject(request.Object);
        if (known.IsError)
            return known.Error;
        if (!Guid.TryParse(request.Id, out var id) || await db.Imports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.ObjectKey == known.Value.Key, cancellationToken) is not { } import)
            return ImportUndoErrors.NotFound(request.Id);
        return import.ToMessage(options.UndoImportWithin, await db.ImportedRecords.KeptOfAsync(import, cancellationToken));
    }
}
