using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Common.V1;
using Platform.Finance.V1;

namespace Automation.Tests.Fakes;

/// <summary>One invoice a source, one number an invoice, as in finance.</summary>
internal sealed class FakeInvoices(World world) : InvoicesService.InvoicesServiceBase
{
    private static int _number;

    public override Task<Invoice> CreateInvoice(CreateInvoiceRequest request, ServerCallContext context)
    {
        world.Enter(context, request.Invoice.SourceId);
        lock (world.Invoices)
        {
            if (world.Invoices.Values.SingleOrDefault(invoice => invoice.SourceId == request.Invoice.SourceId) is { } first)
                return Task.FromResult(first);
            request.Invoice.Id = World.Id();
            request.Invoice.Status = InvoiceStatus.Draft;
            request.Invoice.Total = new Money { Currency = request.Invoice.Currency, Amount = "1429.00" };
            return Task.FromResult(world.Invoices[request.Invoice.Id] = request.Invoice);
        }
    }

    public override Task<Invoice> IssueInvoice(IssueInvoiceRequest request, ServerCallContext context)
    {
        world.Enter(context, request.Id);
        var invoice = Find(request.Id);
        lock (invoice)
        {
            if (invoice.Number.Length == 0)
                (invoice.Number, invoice.Status) = ($"INV-2026-{Interlocked.Increment(ref _number):000000}", InvoiceStatus.Issued);
        }

        return Task.FromResult(invoice);
    }

    public override Task<Invoice> GetInvoice(GetInvoiceRequest request, ServerCallContext context)
    {
        world.Enter(context, request.Id);
        return Task.FromResult(Find(request.Id));
    }

    public override Task<Empty> DeleteInvoice(DeleteInvoiceRequest request, ServerCallContext context)
    {
        world.Enter(context, request.Id);
        return world.Invoices.TryRemove(request.Id, out _) ? Task.FromResult(new Empty()) : throw World.NotFound(request.Id);
    }

    private Invoice Find(string id) => world.Invoices.TryGetValue(id, out var invoice) ? invoice : throw World.NotFound(id);
}

internal sealed class FakeCreditNotes(World world) : CreditNotesService.CreditNotesServiceBase
{
    public override Task<CreditNote> CreateCreditNote(CreateCreditNoteRequest request, ServerCallContext context)
    {
        world.Enter(context, request.InvoiceId);
        return Task.FromResult(world.CreditNotes.GetOrAdd(request.InvoiceId, id => new CreditNote { Id = World.Id(), InvoiceId = id, Reason = request.Reason }));
    }
}
