using Platform.CustomFields.V1;
using Platform.Testing;

namespace Metadata.Tests;

public sealed class MetadataFixture() : ServiceFixture<Program>("metadata")
{
    public static readonly string[] All = ["metadata.read", "metadata.write"];

    protected override IEnumerable<(string Name, string Value)> Settings => [("Fields:Poll", "00:00:00.2")];

    public FieldsService.FieldsServiceClient FieldsOf(Guid tenant) => new(GrpcFor(tenant, All));

    public ResourcesService.ResourcesServiceClient ResourcesOf(Guid tenant) => new(GrpcFor(tenant, All));

    public Task<long> EventsAsync(Guid tenant) =>
        Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{tenant}' AND type = 'platform.metadata.v1.FieldsChanged'");
}
