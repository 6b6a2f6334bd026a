using Automation.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Platform.Automation.Identity;
using Platform.Automation.V1;
using Platform.Communications.V1;
using Platform.Deals.V1;
using Platform.Invocation;
using Platform.LocalPostgres;
using Platform.Testing;
using Xunit;
using Client = Platform.Automation.V1.ProcessesService.ProcessesServiceClient;

namespace Automation.Tests.Harness;

/// <summary>The service on the real sidecar; the other services are fakes behind it.</summary>
public class AutomationFixture() : ServiceFixture<Program>("automation")
{
    private readonly int _servicesPort = TestPorts.Next();
    private WebApplication? _services;

    public World World { get; } = new();

    internal FakeKeycloak Keycloak { get; } = new();

    public SidecarProcess Sidecar { get; } = new();

    /// <summary>How often a step is tried.</summary>
    protected virtual int StepAttempts => 16;

    protected override IEnumerable<(string Name, string Value)> Settings =>
    [
        ("DAPR_GRPC_PORT", $"{Sidecar.GrpcPort}"), ("DAPR_API_TOKEN", SidecarProcess.Token),
        ("DAPR_HTTP_PORT", $"{Sidecar.HttpPort}"),
        ("Provisioning:ClientId", AccountHandler.ProvisioningId), ("Provisioning:Secret", AccountHandler.Secret),
        ("ServiceAccount:ClientId", AccountHandler.ClientId), ("ServiceAccount:Secret", AccountHandler.Secret),
        ("Saga:EmailRetryDelay", "00:00:00.050"), ("Saga:EmailTimeout", "00:00:01"), ("Saga:StepAttempts", $"{StepAttempts}"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public override async ValueTask InitializeAsync()
    {
        World.EmailEnded = TellAsync;
        _services = await FakeServices.StartAsync(World, _servicesPort);
        await Sidecar.CreateAsync(_servicesPort);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Sidecar.DisposeAsync();
        if (_services is not null)
            await _services.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public Client ProcessesOf(Guid tenant) => new(GrpcFor(tenant, "automation.read"));

    /// <summary>Publishes that the deal is won.</summary>
    public async Task WinAsync(Deal deal, Guid? eventId = null, Guid? tenant = null, Guid? causedBy = null) =>
        Assert.Equal("SUCCESS", await DeliverAsync(tenant ?? TestTenants.Acme, new DealWon { Deal = deal }, eventId, causedBy));

    /// <summary>The process of the deal, once the condition holds.</summary>
    public async Task<Process> UntilAsync(Deal deal, Func<Process, bool> condition)
    {
        Process? process = null;
        var request = new ListProcessesRequest { SubjectType = "deal", SubjectId = deal.Id };
        await Eventually.HoldsAsync(async () =>
        {
            process = (await ProcessesOf(TestTenants.Acme).ListProcessesAsync(request, cancellationToken: Token)).Processes.SingleOrDefault();
            return process is not null && condition(process);
        }, TimeSpan.FromSeconds(40));
        return process!;
    }

    public Task<Process> UntilEndedAsync(Deal deal) => UntilAsync(deal, process => process.Status != ProcessStatus.Running);

    /// <summary>Lets an e-mail that waits be sent.</summary>
    public Task SendSlowEmailAsync(Deal deal)
    {
        var email = World.Emails.Values.Single(email => email.To == World.People[deal.PersonId].Email);
        email.Status = EmailStatus.Sent;
        return TellAsync(TestTenants.Acme, email);
    }

    protected override void Configure(IServiceCollection services)
    {
        services.AddHttpClient(nameof(ServiceAccount)).ConfigurePrimaryHttpMessageHandler(() => new AccountHandler());
        services.AddHttpClient(nameof(KeycloakAdmin)).ConfigurePrimaryHttpMessageHandler(() => Keycloak);
    }

    private async Task TellAsync(Guid tenant, Email email)
    {
        if (email.Status == EmailStatus.Sent)
            await DeliverAsync(tenant, new EmailSent { EmailId = email.Id, SourceType = email.SourceType, SourceId = email.SourceId, Attempts = 1 });
        else
            await DeliverAsync(tenant, new EmailFailed { EmailId = email.Id, SourceType = email.SourceType, SourceId = email.SourceId, Attempts = 1, Error = email.LastError });
    }
}

/// <summary>Gives a service two tries to come back.</summary>
public sealed class ImpatientFixture : AutomationFixture
{
    protected override int StepAttempts => 2;
}
