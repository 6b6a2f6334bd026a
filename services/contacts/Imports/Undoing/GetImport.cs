using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Errors;
using Platform.Importing;
using Platform.Undoing;

namespace Platform.Contacts.Imports.Undoing;

internal static class GetImport
{
    public static async Task<Result<V1.Import>> Handle(V1.GetImportRequest request, ContactsDbContext db, IOptions<ContactsOptions> options, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Id, out var id) || await db.Imports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } import)
            return ImportUndoErrors.NotFound(request.Id);
        var kept = import.Kept == 0 ? [] : await db.ImportedRecords.AsNoTracking().Where(record => record.ImportId == id && record.Reason != null)
            .OrderBy(record => record.RecordId).Take(ImportLimits.SummaryErrors).ToListAsync(cancellationToken);
        return import.ToMessage(options.Value.UndoImportWithin, kept);
    }
}
