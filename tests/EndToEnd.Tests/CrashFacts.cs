using Platform.Automation.V1;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>A part is killed in the middle of the saga and comes back: each deal is invoiced once, mailed at most once more.</summary>
public sealed class CrashFacts(RunningStack stack)
{
    private const int Deals = 6;
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(150);

    [Theory]
    [InlineData("automation")]
    [InlineData("dapr")]
    [InlineData("postgres")]
    public async Task Killed_in_the_middle_of_the_saga_and_restarted_everything_ends_right(string resource)
    {
        using var sam = await stack.SamAsync();
        var customers = new List<Customer>();
        for (var i = 0; i < Deals; i++)
            customers.Add(await Customer.WithDealAsync(sam));
        await Task.WhenAll(customers.Select(customer => customer.WinAsync()));
        await stack.CrashAsync(resource);
        foreach (var customer in customers)
            Assert.Equal(ProcessStatus.Completed, (await customer.EndedAsync(Recovery)).Status);
        await stack.SettledAsync();
        foreach (var customer in customers)
        {
            Assert.NotEmpty(Assert.Single(await customer.InvoicesAsync()).Number);
            Assert.InRange(await stack.MailsToAsync(customer.Email), 1, 2);
        }
    }
}
