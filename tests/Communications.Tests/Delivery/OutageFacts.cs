using Platform.Communications.V1;
using Platform.Testing;
using Xunit;

namespace Communications.Tests.Delivery;

public sealed class OutageFacts : IAsyncLifetime
{
    private readonly SilentServerFixture _communications = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _communications.InitializeAsync();

    public ValueTask DisposeAsync() => _communications.DisposeAsync();

    [Fact]
    public async Task A_server_that_is_away_gets_the_message_when_it_is_back()
    {
        var client = new EmailsService.EmailsServiceClient(_communications.GrpcFor(TestTenants.Acme, "communications.read", "communications.send"));
        var request = CommunicationsFixture.Mail();
        var id = (await client.SendEmailAsync(request, cancellationToken: Token)).Id;
        await UntilAsync(client, id, email => email.Attempts >= 2 && email.Status == EmailStatus.Queued && email.LastError.Length > 0 && email.NextAttemptTime is not null);
        await _communications.Inbox.StartAsync();
        await UntilAsync(client, id, email => email.Status == EmailStatus.Sent);
        Assert.Single(await _communications.Inbox.ToAsync(request.To));
    }

    private static Task UntilAsync(EmailsService.EmailsServiceClient client, string id, Func<Email, bool> condition) =>
        Eventually.HoldsAsync(async () => condition(await client.GetEmailAsync(new GetEmailRequest { Id = id }, cancellationToken: Token)));

    private sealed class SilentServerFixture() : ServiceFixture<Program>("communications")
    {
        public Inbox Inbox { get; } = new();

        protected override IEnumerable<(string Name, string Value)> Settings =>
            [("Smtp:Port", $"{Inbox.SmtpPort}"), ("Email:FirstDelay", "00:00:00.050"), ("Email:MaxDelay", "00:00:00.200"), ("Email:MaxAttempts", "1000")];

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Inbox.DisposeAsync();
        }
    }
}
