using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Segments;

/// <summary>Those who look after the segments of one company.</summary>
internal sealed class Keeper(ContactsFixture contacts)
{
    public const string OfPeople = "contacts.person";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] All = ["contacts.read", "contacts.write", "contacts.import"];

    public Guid Tenant { get; } = Guid.CreateVersion7();

    public SegmentsService.SegmentsServiceClient Segments => new(contacts.GrpcFor(Tenant, All));

    public PeopleService.PeopleServiceClient People => contacts.People(Tenant);

    public CompaniesService.CompaniesServiceClient Companies => contacts.Companies(Tenant);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<Segment> DynamicAsync(string filter, string resource = OfPeople, string zone = "")
    {
        var segment = await Segments.CreateSegmentAsync(
            new CreateSegmentRequest { Segment = new Segment { Name = $"Segment {Guid.CreateVersion7()}", Resource = resource, Kind = SegmentKind.Dynamic, Filter = filter, TimeZone = zone } }, cancellationToken: Token);
        await ReadyAsync(segment.Id);
        return segment;
    }

    public async Task<Segment> StaticAsync(string resource = OfPeople) => await Segments.CreateSegmentAsync(
        new CreateSegmentRequest { Segment = new Segment { Name = $"Segment {Guid.CreateVersion7()}", Resource = resource, Kind = SegmentKind.Static } }, cancellationToken: Token);

    public Task ReadyAsync(string id) => Eventually.HoldsAsync(async () => (await GetAsync(id)).State == SegmentState.Ready, Patience);

    public async Task<Segment> GetAsync(string id) => await Segments.GetSegmentAsync(new GetSegmentRequest { Id = id }, cancellationToken: Token);

    /// <summary>When everything that was written has been looked at.</summary>
    public Task LookedAtAsync() => Eventually.HoldsAsync(
        async () => await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM segment_checks WHERE tenant_id = '{Tenant}'") == 0, Patience);

    public async Task<ListSegmentMembersResponse> MembersAsync(string id) =>
        await Segments.ListSegmentMembersAsync(new ListSegmentMembersRequest { SegmentId = id, PageSize = 200 }, cancellationToken: Token);

    /// <summary>The last names of its people, in alphabetical order, when what was written has been looked at.</summary>
    public async Task<string> NamesAsync(string id)
    {
        await LookedAtAsync();
        return string.Join(' ', (await MembersAsync(id)).People.Select(person => person.LastName).Order(StringComparer.Ordinal));
    }

    public async Task<Person> PersonAsync(string last, string title = "", string company = "") =>
        await People.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = last, JobTitle = title, CompanyId = company } }, cancellationToken: Token);

    public async Task<Company> CompanyAsync(string name) => await Companies.CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = name } }, cancellationToken: Token);

    public async Task ChangeAsync(Person person) => await People.UpdatePersonAsync(new UpdatePersonRequest { Person = person }, cancellationToken: Token);

    public async Task<long> AddAsync(string segment, params string[] ids) =>
        (await Segments.AddSegmentMembersAsync(new AddSegmentMembersRequest { SegmentId = segment, RecordIds = { ids } }, cancellationToken: Token)).Added;

    public Task<long> EventsAsync(string type, string record) => contacts.EventsAsync(type, record);

    /// <summary>Somebody with every permission, for whom the policy holds.</summary>
    public CallInvoker Restricted(AccessPolicy policy)
    {
        var user = Guid.CreateVersion7();
        contacts.Access.Set(Tenant, new Platform.Tenants.V1.Access { UserId = $"{user}", Permissions = { All }, Policies = { policy } });
        return contacts.Grpc(TestTokens.ForPerson(Tenant, user));
    }
}
