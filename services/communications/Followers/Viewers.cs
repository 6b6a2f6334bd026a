using Platform.Invocation;
using Platform.Tenants.V1;

namespace Platform.Communications.Followers;

/// <summary>Who may read what, as the services whose records they are say at this moment.</summary>
internal sealed class Viewers(IServiceProvider services)
{
    // How many people one question may name.
    private const int MostPeople = 500;

    private readonly HashSet<(Guid User, RecordKey Record)> _seen = [];
    private readonly HashSet<(Guid User, string Field)> _fields = [];
    private readonly Dictionary<RecordKey, Guid> _owners = [];

    /// <summary>Asks of the records of a happening and of its entry on the timeline; both have to be seen, each for itself.</summary>
    /// <exception cref="Grpc.Core.RpcException">One of the services is away: the event comes again.</exception>
    public static async Task<Viewers> AskAsync(Happening happening, IReadOnlyCollection<Guid> people, IServiceProvider services, CancellationToken cancellationToken)
    {
        var viewers = new Viewers(services);
        string[] fields = [.. happening.Needed, .. happening.Shown.Values.SelectMany(shown => shown)];
        foreach (var records in happening.Records.GroupBy(record => FollowedKinds.AppOf(record.Resource)))
            await viewers.AskAsync(records.Key, [.. records], people, fields, withOwners: true, cancellationToken);
        if (happening.Activity is { } activity && viewers._seen.Select(known => known.User).Where(user => user != happening.Actor).Distinct().ToList() is { Count: > 0 } left)
            await viewers.AskAsync(DaprNames.Contacts, [new RecordKey(FollowedKinds.Activity, activity)], left, fields, withOwners: false, cancellationToken);
        return viewers;
    }

    public Guid? OwnerOf(RecordKey record) => _owners.TryGetValue(record, out var owner) ? owner : null;

    /// <summary>Whether the person sees the record, all that is needed to be told of the happening, and the entry of the timeline.</summary>
    public bool MayHear(Guid user, RecordKey record, Happening happening) => _seen.Contains((user, record))
        && (happening.Activity is not { } activity || _seen.Contains((user, new RecordKey(FollowedKinds.Activity, activity))))
        && happening.Needed.All(field => _fields.Contains((user, field)));

    public bool Sees(Guid user, string field) => _fields.Contains((user, field));

    // The owners are asked about once, also where nobody else is.
    private async Task AskAsync(string app, IReadOnlyList<RecordKey> records, IReadOnlyCollection<Guid> people, string[] fields, bool withOwners, CancellationToken cancellationToken)
    {
        foreach (var (at, some) in people.Chunk(MostPeople).DefaultIfEmpty([]).Index())
            await AskSomeAsync(app, records, some, fields, withOwners && at == 0, cancellationToken);
    }

    private async Task AskSomeAsync(string app, IReadOnlyList<RecordKey> records, IReadOnlyCollection<Guid> people, string[] fields, bool withOwners, CancellationToken cancellationToken)
    {
        var request = new FilterViewersRequest { UserIds = { people.Select(id => id.ToString()) }, WithOwners = withOwners, Fields = { fields } };
        request.Records.AddRange(records.GroupBy(record => record.Resource).Select(group => new RecordIds { Resource = group.Key, Ids = { group.Select(record => record.Id.ToString()) } }));
        var answer = await services.GetRequiredKeyedService<VisibilityService.VisibilityServiceClient>(app).FilterViewersAsync(request, cancellationToken: cancellationToken);
        foreach (var owner in answer.Owners)
            _owners[new RecordKey(owner.Resource, Guid.Parse(owner.Id))] = Guid.Parse(owner.UserId);
        foreach (var viewer in answer.Viewers)
        {
            var user = Guid.Parse(viewer.UserId);
            _seen.UnionWith(viewer.Records.SelectMany(seen => seen.Ids.Select(id => (user, new RecordKey(seen.Resource, Guid.Parse(id))))));
            _fields.UnionWith(viewer.Fields.Select(field => (user, field)));
        }
    }
}
