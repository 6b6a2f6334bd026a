using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Finance.CreditNotes;

internal static class GetCreditNote
{
    public static async Task<Result<V1.CreditNote>> Handle(V1.GetCreditNoteRequest request, FinanceDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.CreditNotes.VisibleTo(db).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } note
            ? note.ToMessage()
            : Error.NotFound("credit note", request.Id);
}
