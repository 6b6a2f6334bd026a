using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Finance.CreditNotes;

/// <summary>The RPC table of credit notes.</summary>
internal sealed class CreditNotesService(FinanceDbContext db, TimeProvider time) : V1.CreditNotesService.CreditNotesServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListCreditNotesResponse> ListCreditNotes(V1.ListCreditNotesRequest request, ServerCallContext context) =>
        CreditNotes.ListCreditNotes.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.CreditNote> GetCreditNote(V1.GetCreditNoteRequest request, ServerCallContext context) =>
        CreditNotes.GetCreditNote.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.CreditNote> CreateCreditNote(V1.CreateCreditNoteRequest request, ServerCallContext context) =>
        CreditNotes.CreateCreditNote.Handle(request, db, time, context.CancellationToken).Reply();
}
