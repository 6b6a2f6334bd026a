using Platform.Communications.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Communications.Tests.Delivery;

public sealed class HoldFacts(CommunicationsFixture communications) : IClassFixture<CommunicationsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Emails_of_a_suspended_company_wait_until_it_is_resumed_and_those_of_others_do_not()
    {
        await TellAsync(TenantState.Suspended);
        var held = await communications.Acme.SendEmailAsync(CommunicationsFixture.Mail(), cancellationToken: Token);
        var other = await communications.Globex.SendEmailAsync(CommunicationsFixture.Mail(), cancellationToken: Token);
        // The queue is first in, first out: when the later one is sent, the earlier one was passed over.
        await Eventually.HoldsAsync(async () => (await communications.Globex.GetEmailAsync(new GetEmailRequest { Id = other.Id }, cancellationToken: Token)).Status == EmailStatus.Sent);
        Assert.Equal(EmailStatus.Queued, (await communications.Acme.GetEmailAsync(new GetEmailRequest { Id = held.Id }, cancellationToken: Token)).Status);

        await TellAsync(TenantState.Active);
        Assert.Equal(EmailStatus.Sent, (await communications.UntilEndedAsync(held.Id)).Status);
    }

    private async Task TellAsync(TenantState state) => Assert.Equal("SUCCESS",
        await communications.DeliverAsync(TestTenants.Acme, new TenantStateChanged { Tenant = new Tenant { Id = TestTenants.Acme.ToString(), State = state } }));
}
