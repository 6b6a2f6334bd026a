using Grpc.Core;
using Platform.Finance.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Finance.Tests.Placements;

public sealed class MovableFinance : FinanceFixture
{
    protected override IEnumerable<(string Name, string Value)> Settings => Database is null ? [] : [("ConnectionStrings:finance-owner", Database.Owner)];
}

/// <summary>Documents that nobody may change keep their content and their numbers when their tenant moves.</summary>
public sealed class MoveFacts(MovableFinance finance) : IClassFixture<MovableFinance>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Issued_documents_move_as_they_are_and_numbers_go_on_without_a_gap()
    {
        var tenant = await finance.AddTenantAsync();
        var first = await finance.InvoicesOf(tenant).IssueNewAsync();
        await finance.CreditNotesOf(tenant).CreditAsync(first.Id);
        var second = await finance.InvoicesOf(tenant).IssueNewAsync();
        await MoveAsync(tenant, PlacementLevel.Schema);
        await SameAsync(tenant, second);
        var third = await finance.InvoicesOf(tenant).IssueNewAsync();
        await MoveAsync(tenant, PlacementLevel.Shared);
        await SameAsync(tenant, second);
        await SameAsync(tenant, third);
        var fourth = await finance.InvoicesOf(tenant).IssueNewAsync();
        string[] numbers = [first.Number, second.Number, third.Number, fourth.Number];
        Assert.Equal(["000001", "000002", "000003", "000004"], numbers.Select(number => number[^6..]));
        Assert.False(await finance.Database.QueryAsync<bool>($"SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 't_{tenant:N}')"));
    }

    private async Task SameAsync(Guid tenant, Invoice invoice)
    {
        // The version of a row is PostgreSQL's own, and so another one after a move.
        var found = await finance.InvoicesOf(tenant).GetAsync(invoice.Id);
        Assert.Equal(new Invoice(invoice) { Etag = found.Etag }, found);
    }

    private async Task MoveAsync(Guid tenant, PlacementLevel level)
    {
        var placements = new PlacementsService.PlacementsServiceClient(finance.Grpc(TestTokens.ForService("tenants.operate"), ("x-tenant-id", $"{tenant}")));
        using var call = placements.MoveTenant(new MoveTenantRequest { Level = level }, cancellationToken: Token);
        Assert.Contains(await call.ResponseStream.ReadAllAsync(Token).ToListAsync(Token), step => step.Step == "switch");
    }
}
