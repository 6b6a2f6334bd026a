using System.Collections.Concurrent;
using Platform.Access;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Tenancy;
using Field = Platform.CustomFields.V1.Field;

namespace Platform.Testing;

/// <summary>The fields of companies, as a test wants the metadata service to tell them. Companies that no test speaks of have a few of everyday use.</summary>
public sealed class TestFields
{
    private readonly ConcurrentDictionary<Guid, Schema> _known = new();
    private readonly ConcurrentDictionary<Guid, int> _asked = new();

    /// <summary>While set, the metadata service is away.</summary>
    public bool Down { get; set; }

    /// <summary>While it is not done, the metadata service does not answer yet.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    /// <summary>How often the fields of a company were asked for.</summary>
    public int AskedOf(Guid tenant) => _asked.GetValueOrDefault(tenant);

    /// <summary>Says what fields a company has, and nothing else; each call is a new version, which it returns.</summary>
    public long Set(Guid tenant, params Field[] fields) =>
        _known.AddOrUpdate(tenant, _ => new Schema { Version = 2, Fields = { fields } }, (_, known) => new Schema { Version = known.Version + 1, Fields = { fields } }).Version;

    /// <summary>The same, with the objects that the company defined.</summary>
    public long SetObjects(Guid tenant, IReadOnlyList<ObjectType> objects, params Field[] fields) =>
        _known.AddOrUpdate(tenant, _ => new Schema { Version = 2, Fields = { fields }, Objects = { objects } }, (_, known) => new Schema { Version = known.Version + 1, Fields = { fields }, Objects = { objects } }).Version;

    internal async Task<Schema> AskAsync(Guid tenant)
    {
        _asked.AddOrUpdate(tenant, 1, (_, asked) => asked + 1);
        await Answering;
        return _known.TryGetValue(tenant, out var schema) ? schema : Everyday;
    }

    private static Schema Everyday { get; } = new()
    {
        Version = 1,
        Fields =
        {
            ResourceCatalogue.All.Where(resource => resource.HasCustomFields).SelectMany(resource =>
                new[] { "color", "colour", "fair", "note", "region", "secret", "word" }.Select(key => new Field { Resource = resource.Name, Key = key, Type = FieldType.LongText, Label = key })
                    .Append(new Field { Resource = resource.Name, Key = "size", Type = FieldType.Number, Label = "Size" })),
            // The examples of docs/filtering.md are asked of deals.
            new Field { Resource = "deals.deal", Key = "score", Type = FieldType.Decimal, Label = "Score" },
        },
    };
}

/// <summary>Stands for the metadata service, which is another process.</summary>
public sealed class TestFieldSource(TestFields known) : ICustomFieldSource
{
    public Task<Schema> GetSchemaAsync(Caller caller, IReadOnlyCollection<string> resources, CancellationToken cancellationToken) => known.Down
        ? throw new Grpc.Core.RpcException(new Grpc.Core.Status(Grpc.Core.StatusCode.Unavailable, "away"))
        : known.AskAsync(caller.RequiredTenantId);
}
