using Google.Protobuf.Collections;
using Microsoft.Extensions.DependencyInjection;
using Platform.Tenants.V1;
using Platform.Testing;

namespace Tenants.Tests.SignIns;

/// <summary>The service beside an identity server whose journal a test writes.</summary>
public sealed class SignInsFixture : TenantsFixture
{
    public static readonly Guid Installation = Guid.Parse("00000000-0000-0000-0000-000000000001");

    public FakeJournal Journal { get; } = new();

    protected override IEnumerable<(string Name, string Value)> Settings =>
    [
        .. base.Settings, ("SignIns:ClientId", "platform-journal"), ("SignIns:Secret", FakeJournal.Secret),
        ("SignIns:Poll", "00:00:00.050"), ("SignIns:Settle", "00:00:00"), ("SignIns:History", "00:10:00"),
    ];

    protected override void Configure(IServiceCollection services)
    {
        base.Configure(services);
        services.AddHttpClient("SignIns").ConfigurePrimaryHttpMessageHandler(() => Journal).SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }

    public SignInsService.SignInsServiceClient SignInsAs(Guid tenant, Guid user) => new(Grpc(TestTokens.ForPerson(tenant, user)));

    /// <summary>What the administrator sees, once it is as expected; the newest first.</summary>
    public async Task<RepeatedField<SignIn>> UntilAsync(Company company, Func<RepeatedField<SignIn>, bool> isExpected)
    {
        var client = SignInsAs(company.Tenant, company.AdministratorId);
        RepeatedField<SignIn> seen = [];
        await Eventually.HoldsAsync(async () => isExpected(seen = (await client.ListSignInsAsync(new ListSignInsRequest { PageSize = 200 })).SignIns));
        return seen;
    }

    /// <summary>Waits until the journal has been read from beginning to end after now.</summary>
    public async Task ReadAgainAsync()
    {
        var before = Journal.Reads;
        await Eventually.HoldsAsync(() => Task.FromResult(Journal.Reads >= before + 3));
    }

    /// <summary>The gateway tells of a browser.</summary>
    public async Task DescribeAsync(Guid tenant, Guid user, string session, string agent, string key)
    {
        var token = TestTokens.Create(new Dictionary<string, object>
        {
            ["sub"] = user.ToString(),
            ["sid"] = session,
            ["organization"] = new Dictionary<string, object> { ["company"] = new Dictionary<string, object> { ["id"] = tenant.ToString() } },
        });
        await new SignInsService.SignInsServiceClient(Grpc(token)).DescribeDeviceAsync(new DescribeDeviceRequest { UserAgent = agent, DeviceKey = key });
    }

    /// <summary>How many notices of new devices were published of a person.</summary>
    public Task<long> NoticesAsync(Guid user) => EventsAsync("SignedInFromNewDevice", user);
}
