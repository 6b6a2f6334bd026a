using Platform.Bulk.V1;
using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Bulk;

/// <summary>Somebody who works on many records of one company.</summary>
internal sealed class BulkWorker(ContactsFixture contacts)
{
    public static readonly string[] All = ["contacts.read", "contacts.write", "contacts.export"];

    public Guid Tenant { get; } = Guid.CreateVersion7();

    public Guid User { get; } = Guid.CreateVersion7();

    public BulkService.BulkServiceClient Jobs => As(User, All);

    public PeopleService.PeopleServiceClient People => contacts.People(Tenant);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public string TokenOf(Guid user, params string[] permissions) => TestTokens.ForPerson(Tenant, user, permissions);

    public BulkService.BulkServiceClient As(Guid user, params string[] permissions) => new(contacts.Grpc(TokenOf(user, permissions)));

    /// <summary>Somebody for whom policies hold.</summary>
    public BulkService.BulkServiceClient Under(params AccessPolicy[] policies)
    {
        var user = Guid.CreateVersion7();
        foreach (var (i, policy) in policies.Index())
            (policy.Id, policy.Name, policy.Resource, policy.Specificity) = ($"p{i}", "Narrow", "contacts.person", PolicySpecificity.Role);
        contacts.Access.Set(Tenant, new Platform.Tenants.V1.Access { UserId = $"{user}", Permissions = { All }, Policies = { policies } });
        return new(contacts.Grpc(TestTokens.ForPerson(Tenant, user)));
    }

    public async Task<Person> AddAsync(string name, Action<Person>? more = null)
    {
        var person = new Person { LastName = name, Email = $"{name}@x.example".ToLowerInvariant() };
        more?.Invoke(person);
        return await People.CreatePersonAsync(new CreatePersonRequest { Person = person }, cancellationToken: Token);
    }

    /// <summary>Many people at once.</summary>
    public Task FillAsync(int count) => contacts.Database.ExecuteAsync(
        $"""
        INSERT INTO people (tenant_id, id, first_name, last_name, email, phone, job_title, language, custom_fields, create_time, update_time)
        SELECT '{Tenant}', ('0190ffff-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, '', 'Person ' || i, 'p' || i || '@x.example', '', '', '', '{"{}"}', now(), now() FROM generate_series(1, {count}) AS i
        """);

    /// <summary>What came of it, when it has ended.</summary>
    public async Task<BulkJob> DoneAsync(BulkJob job, int seconds = 60)
    {
        await Eventually.HoldsAsync(async () => (await GetAsync(job.Id)).State is not (BulkState.Queued or BulkState.Running or BulkState.Undoing), TimeSpan.FromSeconds(seconds));
        return await GetAsync(job.Id);
    }

    public async Task<BulkJob> PeopleAsync(BulkPeopleRequest request, BulkService.BulkServiceClient? client = null) => await DoneAsync(await (client ?? Jobs).BulkPeopleAsync(request, cancellationToken: Token));

    public async Task<BulkJob> UndoAsync(string id) => await DoneAsync(await Jobs.UndoBulkJobAsync(new UndoBulkJobRequest { Id = id }, cancellationToken: Token));

    public async Task<BulkJob> GetAsync(string id) =>
        await As(Guid.CreateVersion7(), [.. All, "tenants.admin"]).GetBulkJobAsync(new GetBulkJobRequest { Id = id }, cancellationToken: Token);

    /// <summary>What became of each record, in words.</summary>
    public async Task<Dictionary<string, (BulkOutcome Outcome, string Code)>> ItemsAsync(string id) =>
        (await As(Guid.CreateVersion7(), [.. All, "tenants.admin"]).ListBulkJobItemsAsync(new ListBulkJobItemsRequest { BulkJobId = id, PageSize = 200 }, cancellationToken: Token)).Items.ToDictionary(item => item.RecordId, item => (item.Outcome, item.Code));

    /// <summary>All columns of all records, without what every write changes.</summary>
    public Task<string> StateAsync() => contacts.StateAsync(Tenant);
}
