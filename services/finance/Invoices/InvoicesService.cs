using Google.Api;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;
using Platform.Finance.Settings;
using Platform.Monetary.Rates;

namespace Platform.Finance.Invoices;

/// <summary>The RPC table of invoices.</summary>
internal sealed class InvoicesService(FinanceDbContext db, Companies companies, ReportingRates rates, TimeProvider time) : V1.InvoicesService.InvoicesServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListInvoicesResponse> ListInvoices(V1.ListInvoicesRequest request, ServerCallContext context) =>
        Invoices.ListInvoices.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Invoice> GetInvoice(V1.GetInvoiceRequest request, ServerCallContext context) =>
        Invoices.GetInvoice.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Invoice> CreateInvoice(V1.CreateInvoiceRequest request, ServerCallContext context) =>
        Invoices.CreateInvoice.Handle(request, db, rates, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Invoice> UpdateInvoice(V1.UpdateInvoiceRequest request, ServerCallContext context) =>
        Invoices.UpdateInvoice.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Invoice> PatchInvoice(V1.PatchInvoiceRequest request, ServerCallContext context) =>
        Invoices.PatchInvoice.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<Empty> DeleteInvoice(V1.DeleteInvoiceRequest request, ServerCallContext context) =>
        Invoices.DeleteInvoice.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Invoice> IssueInvoice(V1.IssueInvoiceRequest request, ServerCallContext context) =>
        Invoices.IssueInvoice.Handle(request, db, companies, rates, time, context.CancellationToken).Reply();

    [Permission(Permissions.Export)]
    public override Task ExportInvoices(V1.ExportInvoicesRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context) =>
        Invoices.ExportInvoices.Handle(request, responseStream, db, time, context);
}
