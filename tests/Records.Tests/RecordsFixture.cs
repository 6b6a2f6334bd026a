using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Access;
using Platform.CustomFields.Relations;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;
using Record = Platform.Records.V1.Record;

namespace Records.Tests;

public sealed class RecordsFixture() : ServiceFixture<Program>("records")
{
    public static readonly string[] All = ["records.read", "records.write", "records.import", "records.export"];

    protected override IEnumerable<(string Name, string Value)> Settings => [("Records:Poll", "00:00:00.2"), ("Records:MaxRelated", "20")];

    /// <summary>The built-in records that there are, as their services would tell.</summary>
    public ConcurrentDictionary<Guid, string> BuiltIn { get; } = new();

    /// <summary>Another one of that kind.</summary>
    public Guid BuiltInRecord(string resource)
    {
        var id = Guid.CreateVersion7();
        BuiltIn[id] = resource;
        return id;
    }

    public RecordsService.RecordsServiceClient RecordsOf(Guid tenant) => new(GrpcFor(tenant, All));

    public HttpClient RestOf(Guid tenant) => RestFor(tenant, All);

    /// <summary>A company that has machines, numbered M-001 and so on, with these fields.</summary>
    public Guid CompanyWithMachines(params Field[] fields)
    {
        var tenant = Guid.CreateVersion7();
        Fields.SetObjects(tenant, [Machines("M-{000}")], fields);
        return tenant;
    }

    public Task<long> EventsAsync(Guid tenant, string type, string id) =>
        Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{tenant}' AND aggregate_id = '{id}' AND type = 'platform.records.v1.{type}'");

    public async Task<Record> CreateAsync(Guid tenant, string name, string fields = "{}") => await RecordsOf(tenant).CreateRecordAsync(
        new CreateRecordRequest { Object = "machines", Record = new Record { Name = name, CustomFields = Struct.Parser.ParseJson(fields) } }, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>How companies head their public pages.</summary>
    public SiteStandIns Sites { get; } = new();

    protected override void Configure(IServiceCollection services)
    {
        Sites.AddTo(services);
        services.RemoveAll<RelationLookup>();
        foreach (var resource in ResourceCatalogue.All)
            services.AddScoped(_ => new RelationLookup(resource.Name, (id, _) => Task.FromResult(BuiltIn.GetValueOrDefault(id) == resource.Name)));
    }

    public static ObjectType Machines(string pattern = "") => Kind("machine", "machines", pattern);

    public static ObjectType Kind(string key, string plural, string pattern = "") =>
        new() { Id = $"{Guid.CreateVersion7()}", Key = key, PluralKey = plural, Label = key, PluralLabel = plural, NumberPattern = pattern, Resource = $"records.{key}" };

    public static Field Of(string key, FieldType type, bool unique = false, bool searchable = false, bool required = false) =>
        new() { Resource = "records.machine", Key = key, Label = key, Type = type, Unique = unique, Searchable = searchable, Required = required };
}
