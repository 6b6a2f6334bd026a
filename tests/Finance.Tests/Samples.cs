using Google.Rpc;
using Grpc.Core;
using Platform.Common.V1;
using Platform.Finance.V1;
using Xunit;

namespace Finance.Tests;

internal static class Samples
{
    public static readonly string[] All = ["finance.read", "finance.export", "finance.write", "finance.admin"];

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static InvoiceLine Line(string quantity = "1", string unitPrice = "100", string rate = "19", string category = "S", string currency = "EUR") => new()
    {
        Description = "Consulting",
        Quantity = quantity,
        UnitPrice = new Money { Currency = currency, Amount = unitPrice },
        TaxCategory = category,
        TaxRate = rate,
    };

    public static Invoice Invoice(params InvoiceLine[] lines) => new()
    {
        Currency = lines is [var first, ..] ? first.UnitPrice.Currency : "EUR",
        Buyer = new Party { Name = "Buyer Ltd", Email = "accounts@buyer.example" },
        Lines = { lines },
    };

    public static async Task<Invoice> CreateAsync(this InvoicesService.InvoicesServiceClient client, Invoice invoice) =>
        await client.CreateInvoiceAsync(new CreateInvoiceRequest { Invoice = invoice }, cancellationToken: Token);

    public static async Task<Invoice> IssueAsync(this InvoicesService.InvoicesServiceClient client, string id) =>
        await client.IssueInvoiceAsync(new IssueInvoiceRequest { Id = id }, cancellationToken: Token);

    public static async Task<Invoice> IssueNewAsync(this InvoicesService.InvoicesServiceClient client, params InvoiceLine[] lines) =>
        await client.IssueAsync((await client.CreateAsync(Invoice(lines is [] ? [Line()] : lines))).Id);

    public static async Task<Invoice> GetAsync(this InvoicesService.InvoicesServiceClient client, string id) =>
        await client.GetInvoiceAsync(new GetInvoiceRequest { Id = id }, cancellationToken: Token);

    public static async Task<CreditNote> CreditAsync(this CreditNotesService.CreditNotesServiceClient client, string invoiceId, string reason = "Wrong address") =>
        await client.CreateCreditNoteAsync(new CreateCreditNoteRequest { InvoiceId = invoiceId, Reason = reason }, cancellationToken: Token);

    /// <summary>The call is refused with this status, and with this code or this wrong field.</summary>
    public static async Task RefusedAsync(StatusCode status, string reason, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(call);
        Assert.True(status == exception.StatusCode, exception.Status.Detail);
        var details = exception.GetRpcStatus();
        var said = new[] { details?.GetDetail<ErrorInfo>()?.Reason ?? "" }.Concat(details?.GetDetail<BadRequest>()?.FieldViolations.Select(violation => violation.Field) ?? []);
        Assert.Contains(reason, said);
    }
}
