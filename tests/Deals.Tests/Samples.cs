using Google.Rpc;
using Grpc.Core;
using Platform.Common.V1;
using Platform.Deals.V1;
using Xunit;

namespace Deals.Tests;

internal static class Samples
{
    public static readonly string[] All = ["deals.read", "deals.export", "deals.write", "deals.send"];

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Money Money(string amount, string currency = "EUR") => new() { Currency = currency, Amount = amount };

    public static LineItem Line(string quantity = "2", string unitPrice = "50", string rate = "19", string currency = "EUR") =>
        new() { Description = "Consulting", Quantity = quantity, UnitPrice = Money(unitPrice, currency), TaxRate = rate };

    public static Deal Deal(params LineItem[] lines) =>
        new() { Name = $"Deal {Guid.NewGuid()}", Currency = "EUR", CompanyId = ContactsStandIn.Company, LineItems = { lines } };

    public static async Task<Deal> CreateAsync(this DealsService.DealsServiceClient client, Deal deal) =>
        await client.CreateDealAsync(new CreateDealRequest { Deal = deal }, cancellationToken: Token);

    public static async Task<Deal> GetAsync(this DealsService.DealsServiceClient client, string id) =>
        await client.GetDealAsync(new GetDealRequest { Id = id }, cancellationToken: Token);

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
