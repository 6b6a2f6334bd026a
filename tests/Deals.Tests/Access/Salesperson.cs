using Grpc.Core;
using Platform.Audit.V1;
using Platform.Deals.V1;
using Platform.Tenants.V1;
using Platform.Testing;

namespace Deals.Tests.Access;

/// <summary>A person of Acme whom these policies concern.</summary>
internal sealed class Salesperson
{
    private readonly CallInvoker _invoker;
    private readonly DealsFixture _deals;

    public Salesperson(DealsFixture deals, params AccessPolicy[] policies)
    {
        _deals = deals;
        deals.Access.Set(TestTenants.Acme, new Platform.Tenants.V1.Access
        {
            UserId = Id.ToString(),
            Roles = { "sales" },
            TeamIds = { Team.ToString() },
            Permissions = { Samples.All, "audit.read" },
            Policies = { policies },
        });
        _invoker = deals.Grpc(Token);
    }

    public Guid Id { get; } = Guid.CreateVersion7();

    public Guid Team { get; } = Guid.CreateVersion7();

    public string Token => TestTokens.ForPerson(TestTenants.Acme, Id);

    public CallInvoker Invoker => _invoker;

    public DealsService.DealsServiceClient Deals => new(_invoker);

    public DealsAccessService.DealsAccessServiceClient Access => new(_invoker);

    public AuditLogService.AuditLogServiceClient Log => new(_invoker);

    public HttpClient Rest() => _deals.Rest(Token);

    public static AccessPolicy Rows(string name, PolicyEffect effect, string filter, params string[] actions) => new()
    {
        Id = Guid.CreateVersion7().ToString(),
        Name = name,
        Resource = "deals.deal",
        Specificity = PolicySpecificity.Role,
        Effect = effect,
        Actions = { actions },
        Filter = filter,
    };

    public static AccessPolicy Fields(string name, params (string Path, FieldAccess Access)[] rules) => new()
    {
        Id = Guid.CreateVersion7().ToString(),
        Name = name,
        Resource = "deals.deal",
        Specificity = PolicySpecificity.Role,
        FieldRules = { rules.Select(rule => new FieldRule { Path = rule.Path, Access = rule.Access }) },
    };
}
