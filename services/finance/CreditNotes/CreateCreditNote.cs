using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Finance.Documents;
using Platform.Finance.Invoices;
using Platform.Finance.Settings;
using Platform.Validation;

namespace Platform.Finance.CreditNotes;

internal static class CreateCreditNote
{
    public sealed class Validator : AbstractValidator<V1.CreateCreditNoteRequest>
    {
        public Validator()
        {
            RuleFor(request => request.InvoiceId).Id();
            RuleFor(request => request.Reason).Text(500);
        }
    }

    public static Task<Result<V1.CreditNote>> Handle(V1.CreateCreditNoteRequest request, FinanceDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => CreateAsync(request, db, time, cancellationToken), cancellationToken);

    private static async Task<Result<V1.CreditNote>> CreateAsync(
        V1.CreateCreditNoteRequest request, FinanceDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LockInvoiceAsync(request.InvoiceId, cancellationToken) is not { } invoice)
            return InvoiceErrors.NotFound(request.InvoiceId);
        if (invoice.IsDraft)
            return InvoiceErrors.NotIssued;
        if (invoice.CreditNoteId is not null)
            return (await db.CreditNotes.AsNoTracking().SingleAsync(row => row.InvoiceId == invoice.Id, cancellationToken)).ToMessage();
        var settings = await db.LoadSettingsAsync(time, cancellationToken);
        var now = time.GetUtcNow();
        // From here on nothing may be refused by a value: returning commits, and the number would be lost.
        var number = await db.TakeNumberAsync(DocumentType.CreditNote, settings.CreditNotePrefix, settings.DateOf(now), cancellationToken);
        var note = CreditNote.For(invoice, number, request.Reason, now);
        db.CreditNotes.Add(note);
        invoice.CloseBy(note, now);
        // About the invoice, so that nobody hears of the credit before the invoice.
        db.Publish(invoice.Id, new V1.CreditNoteIssued { CreditNote = note.ToMessage() });
        await db.SaveChangesAsync(cancellationToken);
        return note.ToMessage();
    }
}
