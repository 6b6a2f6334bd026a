using Microsoft.Extensions.DependencyInjection;
using Platform.Tenancy.Placements;
using Platform.Testing;

namespace Contacts.Tests;

/// <summary>The service where Acme has a schema of its own and Globex does not.</summary>
public sealed class OwnSchemaContacts : ContactsFixture
{
    protected override IEnumerable<(string Name, string Value)> Settings => Database is null ? [] : [("ConnectionStrings:contacts-owner", Database.Owner)];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Services.GetRequiredService<TenantMover>().MoveAsync(TestTenants.Acme, PlacementLevel.Schema, _ => Task.CompletedTask, CancellationToken.None);
    }

    public override async Task<long> EventsAsync(string type, string aggregateId) =>
        await base.EventsAsync(type, aggregateId) + await EventsAsync(Places.SchemaOf(TestTenants.Acme), type, aggregateId);
}
