using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contacts.V1;
using Platform.Search.Index;
using Platform.Search.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Search.Tests;

/// <summary>Search as it is; the services that own the records, which are other processes, say what a test wants of who may read what.</summary>
public sealed class SearchFixture() : ServiceFixture<Program>("search")
{
    public static readonly string[] Readers = ["contacts.read", "deals.read", "finance.read", "inventory.read", "records.read"];

    /// <summary>Records that nobody may read, whatever the roles.</summary>
    public ConcurrentDictionary<string, byte> Hidden { get; } = new();

    /// <summary>Companies whose owners of records do not answer: the service, and how.</summary>
    public ConcurrentDictionary<(Guid Tenant, string Service), StatusCode> Down { get; } = new();

    /// <summary>The people that a company has, as contacts lists them.</summary>
    public ConcurrentDictionary<Guid, IReadOnlyList<Person>> Owned { get; } = new();

    /// <summary>Companies whose people are listed only when a test says so.</summary>
    public ConcurrentDictionary<Guid, TaskCompletionSource> Pause { get; } = new();

    /// <summary>Who waits for a pause of its company to end.</summary>
    public ConcurrentQueue<Guid> Paused { get; } = new();

    /// <summary>Which owners of records were asked what may be read, and until when they may answer.</summary>
    public ConcurrentQueue<(Guid Tenant, string Service, DateTime? Deadline)> Asked { get; } = new();

    /// <summary>What the services know of the customer that a company has.</summary>
    internal KnownCustomer CustomerOf(Guid tenant) => Customers.GetOrAdd(tenant, _ => new KnownCustomer());

    internal ConcurrentDictionary<Guid, KnownCustomer> Customers { get; } = new();

    /// <summary>Companies whose writes to the index are watched.</summary>
    internal ConcurrentDictionary<Guid, WriteWatch> Writes { get; } = new();

    /// <summary>Holds the writes of a company until the test lets them go.</summary>
    internal WriteWatch Watch(Guid tenant) => Writes.GetOrAdd(tenant, _ => new WriteWatch());

    public SearchService.SearchServiceClient SearchOf(Guid tenant, params string[] permissions) => new(GrpcFor(tenant, permissions.Length == 0 ? Readers : permissions));

    public async Task<SearchResponse> FindAsync(Guid tenant, string q, params string[] types) =>
        await SearchOf(tenant).SearchAsync(new SearchRequest { Q = q, Types_ = { types } }, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Ids of what is found, in their order.</summary>
    public async Task<IReadOnlyList<string>> IdsAsync(Guid tenant, string q, params string[] types) => [.. (await FindAsync(tenant, q, types)).Hits.Select(hit => hit.Id)];

    /// <summary>A person that the index has.</summary>
    public async Task<Person> KeepPersonAsync(Guid tenant, string first, string last, string email = "", string phone = "")
    {
        var person = new Person { Id = $"{Guid.CreateVersion7()}", FirstName = first, LastName = last, Email = email, Phone = phone };
        await KeepAsync(tenant, new PersonCreated { Person = person });
        return person;
    }

    /// <summary>Delivers an event, which has to succeed.</summary>
    public async Task KeepAsync(Guid tenant, Google.Protobuf.IMessage told) => Assert.Equal("SUCCESS", await DeliverAsync(tenant, told));

    protected override void Configure(IServiceCollection services)
    {
        RecordStandIns.AddTo(services, this);
        services.AddScoped<ISearchIndex>(provider => new WatchedIndex(provider.GetRequiredService<PostgresIndex>(), this, provider.GetRequiredService<Platform.Tenancy.Caller>()));
        foreach (var owner in new[] { "contacts", "deals", "finance", "inventory", "records" })
        {
            services.AddKeyedScoped<VisibilityService.VisibilityServiceClient>(owner, (provider, _) =>
                new VisibilityStandIn(this, owner, provider.GetRequiredService<Platform.Tenancy.Caller>().RequiredTenantId));
        }
    }

    private sealed class VisibilityStandIn(SearchFixture search, string owner, Guid tenant) : VisibilityService.VisibilityServiceClient
    {
        public override AsyncUnaryCall<FilterVisibleResponse> FilterVisibleAsync(
            FilterVisibleRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
            new(Answer(request, deadline), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

        private Task<FilterVisibleResponse> Answer(FilterVisibleRequest request, DateTime? deadline)
        {
            search.Asked.Enqueue((tenant, owner, deadline));
            if (search.Down.TryGetValue((tenant, owner), out var status))
                return Task.FromException<FilterVisibleResponse>(new RpcException(new Status(status, "away")));
            Assert.All(request.Records, records => Assert.StartsWith($"{owner}.", records.Resource, StringComparison.Ordinal));
            var response = new FilterVisibleResponse();
            foreach (var records in request.Records)
                response.Records.Add(new RecordIds { Resource = records.Resource, Ids = { records.Ids.Where(id => !search.Hidden.ContainsKey(id)) } });
            return Task.FromResult(response);
        }
    }
}
