using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Access.Fields;
using Platform.CustomFields;
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
            return await db.CreditNotes.AsNoTracking().SingleOrDefaultAsync(row => row.InvoiceId == invoice.Id, cancellationToken) is { } first ? first.ToMessage() : Error.NotFound("credit note", request.InvoiceId);
        var settings = await db.LoadSettingsAsync(time, cancellationToken);
        var now = time.GetUtcNow();
        var prepared = Prepare(request, invoice, settings.DateOf(now), db, now);
        if (prepared.IsError)
            return prepared.Error;
        // From here on nothing may be refused by a value: returning commits, and the number would be lost.
        var number = await db.TakeNumberAsync(DocumentType.CreditNote, settings.CreditNotePrefix, settings.DateOf(now), cancellationToken);
        var note = CreditNote.For(invoice, number, request.Reason, prepared.Value, now);
        db.CreditNotes.Add(note);
        invoice.CloseBy(note, now);
        // About the invoice, so that nobody hears of the credit before the invoice.
        db.Publish(invoice.Id, new V1.CreditNoteIssued { CreditNote = note.ToMessage() });
        await db.SaveChangesAsync(cancellationToken);
        return note.ToMessage();
    }

    // Before there is a number: the note as it would be, for fields that are there under a condition only.
    private static Result<Struct> Prepare(V1.CreateCreditNoteRequest request, Invoice invoice, DateOnly today, FinanceDbContext db, DateTimeOffset now)
    {
        var sent = request.CustomFields ?? new Struct();
        if (db.Caller.CheckWritable(CreditNote.Resource.Info, [.. sent.Fields.Keys.Select(key => ResourceInfo.CustomFieldsPrefix + key)]) is { } denied)
            return denied;
        var message = CreditNote.For(invoice, new DocumentNumber("", today), request.Reason, sent, now).ToMessage();
        return db.Caller.PrepareCustomFields(CreditNote.Resource.Info, message, stored: null) is { } fault ? fault : message.CustomFields;
    }
}
