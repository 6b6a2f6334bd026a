using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Errors;
using Platform.Undoing.Imports;

namespace Platform.Contacts.Imports.Undoing;

internal static class GetImport
{
    public static async Task<Result<V1.Import>> Handle(V1.GetImportRequest request, ContactsDbContext db, IOptions<ContactsOptions> options, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Id, out var id) || await db.Imports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } import)
            return ImportUndoErrors.NotFound(request.Id);
        return import.ToMessage(options.Value.UndoImportWithin, await db.ImportedRecords.KeptOfAsync(import, cancellationToken));
    }
}
