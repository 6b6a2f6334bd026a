using Microsoft.Extensions.DependencyInjection;
using Platform.Communications.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Client = Platform.Communications.V1.EmailsService.EmailsServiceClient;

namespace Communications.Tests;

/// <summary>The service with a real SMTP server, and with waits short enough for a test.</summary>
public sealed class CommunicationsFixture() : ServiceFixture<Program>("communications")
{
    private static readonly string[] All = ["communications.read", "communications.send"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Inbox Inbox { get; } = new();

    public Client Acme => new(GrpcFor(TestTenants.Acme, All));

    public Client Globex => new(GrpcFor(TestTenants.Globex, All));

    /// <summary>The services whose records are followed, which are other processes.</summary>
    internal Followers.SightStandIn Sight { get; } = new();

    protected override void Configure(IServiceCollection services)
    {
        foreach (var owner in (string[])["contacts", "deals", "records"])
            services.AddKeyedScoped<VisibilityService.VisibilityServiceClient>(owner, (_, _) => Sight);
    }

    protected override IEnumerable<(string Name, string Value)> Settings =>
    [
        ("Smtp:Port", $"{Inbox.SmtpPort}"), ("Smtp:From", "Acme Billing <billing@acme.example>"),
        ("Email:FirstDelay", "00:00:00.050"), ("Email:Poll", "00:00:01"),
    ];

    public override async ValueTask InitializeAsync()
    {
        await Inbox.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Inbox.DisposeAsync();
    }

    /// <summary>A message to an address that no other test uses.</summary>
    public static SendEmailRequest Mail(string domain = "customer.example") => new()
    {
        To = $"u{Guid.NewGuid():N}@{domain}",
        ToName = "Lena Hoffmann",
        Subject = "Hello",
        TextBody = "How are you?",
        SourceType = "test",
        SourceId = Guid.NewGuid().ToString(),
    };

    /// <summary>The e-mail once it is in the state.</summary>
    public async Task<Email> UntilAsync(string id, Func<Email, bool> condition)
    {
        Email? email = null;
        await Eventually.HoldsAsync(async () => condition(email = await Acme.GetEmailAsync(new GetEmailRequest { Id = id }, cancellationToken: Token)));
        return email!;
    }

    public Task<Email> UntilEndedAsync(string id) => UntilAsync(id, email => email.Status != EmailStatus.Queued);

    /// <summary>How many events of a type tell of the e-mail.</summary>
    public Task<long> EventsAsync(string type, string id) =>
        Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE aggregate_id = '{id}' AND type = 'platform.communications.v1.{type}'");
}
