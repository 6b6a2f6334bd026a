using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Duplicates;

/// <summary>Those who look after the duplicates of one company.</summary>
internal sealed class Reviewers(ContactsFixture contacts)
{
    public const string People = "contacts.person";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] All = ["contacts.read", "contacts.write", "contacts.import"];

    public Guid Tenant { get; } = Guid.CreateVersion7();

    public DuplicatesService.DuplicatesServiceClient Duplicates => new(contacts.GrpcFor(Tenant, All));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static DuplicateRules Rules(string resource, DuplicateAction action, params (string Field, MatchMethod Method)[] conditions) => new()
    {
        Resource = resource,
        Rules = { new DuplicateRule { Name = "Rule", Action = action, Conditions = { conditions.Select(condition => new MatchCondition { Field = condition.Field, Method = condition.Method }) } } },
    };

    /// <summary>Sets the one rule of a kind.</summary>
    public async Task RuleAsync(string resource, DuplicateAction action, params (string Field, MatchMethod Method)[] conditions) =>
        await Duplicates.UpdateDuplicateRulesAsync(new UpdateDuplicateRulesRequest { Rules = Rules(resource, action, conditions) }, cancellationToken: Token);

    public async Task<IReadOnlyList<Duplicate>> ListAsync(string resource = "") =>
        (await Duplicates.ListDuplicatesAsync(new ListDuplicatesRequest { Resource = resource, PageSize = 200 }, cancellationToken: Token)).Duplicates;

    /// <summary>The queue as soon as it has that many pairs.</summary>
    public async Task<IReadOnlyList<Duplicate>> QueueAsync(int pairs, string resource = "")
    {
        IReadOnlyList<Duplicate> queue = [];
        await Eventually.HoldsAsync(async () => (queue = await ListAsync(resource)).Count == pairs, Patience);
        return queue;
    }

    /// <summary>When all that was written has been compared.</summary>
    public Task ComparedAsync() => Eventually.HoldsAsync(
        async () => await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM duplicate_checks WHERE tenant_id = '{Tenant}'") == 0, Patience);

    /// <summary>Compares everything, and returns when that is done.</summary>
    public async Task SweepAsync()
    {
        await Duplicates.SweepDuplicatesAsync(new SweepDuplicatesRequest(), cancellationToken: Token);
        await SweptAsync();
    }

    /// <summary>When the next sweep is a day away.</summary>
    public Task SweptAsync() => Eventually.HoldsAsync(
        async () => await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM chores WHERE tenant_id = '{Tenant}' AND kind = 'FindDuplicates' AND due_time > now() + interval '1 hour'") == 1, Patience);

    public async Task<Person> PersonAsync(string first, string last, string phone = "", string email = "") =>
        await contacts.People(Tenant).CreatePersonAsync(new CreatePersonRequest { Person = new Person { FirstName = first, LastName = last, Phone = phone, Email = email } }, cancellationToken: Token);

    public async Task<Company> CompanyAsync(string name) =>
        await contacts.Companies(Tenant).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = name } }, cancellationToken: Token);

    public async Task DismissAsync(string one, string other) =>
        await Duplicates.DismissDuplicateAsync(new DismissDuplicateRequest { Resource = People, FirstId = one, SecondId = other }, cancellationToken: Token);

    /// <summary>Somebody with every permission, for whom the policy holds.</summary>
    public Grpc.Core.CallInvoker Restricted(AccessPolicy policy)
    {
        var user = Guid.CreateVersion7();
        contacts.Access.Set(Tenant, new Platform.Tenants.V1.Access { UserId = $"{user}", Permissions = { All }, Policies = { policy } });
        return contacts.Grpc(TestTokens.ForPerson(Tenant, user));
    }
}
