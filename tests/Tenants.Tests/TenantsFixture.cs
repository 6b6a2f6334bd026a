using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.Access;
using Platform.Common.V1;
using Platform.Tenancy;
using Platform.Tenants;
using Platform.Tenants.Demo;
using Platform.Tenants.ExternalApps;
using Platform.Invocation;
using Platform.Tenants.Access;
using Platform.Tenants.Members;
using Platform.Tenants.Tenants;
using Platform.Testing;
using V1 = Platform.Tenants.V1;

namespace Tenants.Tests;

/// <summary>
/// The service with the demo companies. Permissions come from its own database, as in production. The template is seeded when
/// it is migrated, so each clone has been through a second start.
/// </summary>
public class TenantsFixture() : ServiceFixture<Program>("tenants")
{
    /// <summary>The identity server's clients and consents.</summary>
    public FakeIdentityAdmin Identity { get; } = new();

    /// <summary>A client as the person of that tenant.</summary>
    public V1.TenantsService.TenantsServiceClient As(Guid tenant, Guid user) => new(Grpc(TestTokens.ForPerson(tenant, user)));

    /// <summary>A company of its own for a test, with one administrator.</summary>
    public async Task<Company> CompanyAsync()
    {
        var (tenant, administrator) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "test");
        var db = scope.ServiceProvider.GetRequiredService<TenantsDbContext>();
        var now = TimeProvider.System.GetUtcNow();
        db.Tenants.Add(Tenant.Create(tenant, new V1.Tenant { Slug = "initech", DisplayName = "Initech", LegalName = "Initech Inc.", Currency = "USD", Address = new Address { City = "Austin", Country = "US" } }, now));
        db.Members.Add(Member.Create(new V1.Member { UserId = administrator.ToString(), Email = "boss@initech.example", DisplayName = "Boss", Roles = { "administrator" } }, now));
        await db.SaveChangesAsync();
        return new Company(tenant, administrator, As(tenant, administrator));
    }

    /// <summary>How many events of that type wait for the broker.</summary>
    public Task<long> EventsAsync(string type, Guid aggregate) =>
        Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE type = 'platform.tenants.v1.{type}' AND aggregate_id = '{aggregate}'");

    /// <summary>Whether companies' identity servers may be on this machine.</summary>
    protected virtual string AllowsLocalProviders => "false";

    protected override IEnumerable<(string Name, string Value)> Settings =>
        [("Lifecycle:Poll", "00:00:00.200"), ("Applications:ClientId", "tests"), ("Applications:Secret", "tests"), ("Invitations:MailsPerDay", "4"), ("IdentityProviders:AllowLocal", AllowsLocalProviders)];

    protected override void Configure(IServiceCollection services)
    {
        services.AddScoped<IAccessSource, LocalAccessSource>().Configure<DemoOptions>(demo => demo.Seed = true);
        foreach (var client in new[] { nameof(IdentityAdmin), nameof(ServiceAccount) })
            services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => Identity);
    }
}

public sealed record Company(Guid Tenant, Guid AdministratorId, V1.TenantsService.TenantsServiceClient Administrator)
{
    /// <summary>Adds a person with a role.</summary>
    public async Task<Guid> AddAsync(string role, Guid? manager = null)
    {
        var user = Guid.CreateVersion7();
        await Administrator.CreateMemberAsync(new V1.CreateMemberRequest { Member = new V1.Member { UserId = user.ToString(), Roles = { role }, ManagerId = $"{manager}" } });
        return user;
    }
}

/// <summary>The people of the demo companies.</summary>
public static class DemoPeople
{
    public static readonly Guid Alice = Guid.Parse("0190ac3e-0000-7000-8000-0000000000a1");
    public static readonly Guid Sam = Guid.Parse("0190ac3e-0000-7000-8000-0000000000a2");
    public static readonly Guid Fiona = Guid.Parse("0190ac3e-0000-7000-8000-0000000000a3");
    public static readonly Guid Greg = Guid.Parse("01909106-0000-7000-8000-0000000000b1");
    public static readonly Guid Gina = Guid.Parse("01909106-0000-7000-8000-0000000000b2");
}

internal static class Fails
{
    /// <summary>The call fails with this status and this code.</summary>
    public static async Task With<T>(StatusCode status, string code, AsyncUnaryCall<T> call)
    {
        var exception = await Xunit.Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Xunit.Assert.Equal((status, code), (exception.StatusCode, Platform.Errors.Problems.ToProblem(exception).Extensions["code"]));
    }
}
