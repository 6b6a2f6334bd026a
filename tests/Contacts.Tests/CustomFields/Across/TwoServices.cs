using System.Text.Json;
using Google.Protobuf;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Contacts.Tests.CustomFields.Across;

/// <summary>Contacts and deals; what one publishes gets to the other when a fact hands it over.</summary>
public sealed class TwoServices : IAsyncLifetime
{
    /// <summary>Counting waits for all older transactions of the server, those of other facts among them.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    public ContactsFixture Contacts { get; } = new();

    public DealsBeside Deals { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Contacts.InitializeAsync();
        await Deals.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Contacts.DisposeAsync();
        await Deals.DisposeAsync();
    }

    /// <summary>Both know these fields, and hear of those that changed.</summary>
    public async Task DefineAsync(Guid tenant, IReadOnlyList<Field> fields, params Field[] changed)
    {
        var version = Contacts.Fields.Set(tenant, [.. fields]);
        Assert.Equal(version, Deals.Fields.Set(tenant, [.. fields]));
        foreach (var field in changed)
        {
            var message = new FieldsChanged { Version = version, Field = field };
            Assert.Equal("SUCCESS", await Contacts.DeliverAsync(tenant, message));
            Assert.Equal("SUCCESS", await Deals.DeliverAsync(tenant, message));
        }
    }

    /// <summary>All that deals have told of this roll-up, once there is nothing more to tell.</summary>
    public async Task<List<RollUpInputsTold>> ToldAsync(Guid tenant, string key)
    {
        await Eventually.HoldsAsync(async () => await Deals.Database.QueryAsync<bool>(
            $"""
            SELECT count(*) > 0 AND bool_and(state = 'Ready' AND is_told AND due_time IS NULL) AND NOT EXISTS (SELECT FROM roll_up_changes WHERE tenant_id = '{tenant}')
            FROM custom_field_indexes WHERE tenant_id = '{tenant}' AND field_key LIKE '%/{key}@%' AND state <> 'Dropping'
            """), Patience);
        return [.. (await MessagesAsync(tenant, RollUpInputsTold.Parser, Deals.Database)).Where(message => message.RollUp.Contains($"/{key}@", StringComparison.Ordinal))];
    }

    /// <summary>What contacts ask for.</summary>
    public Task<List<RollUpCountWanted>> WantedAsync(Guid tenant) => MessagesAsync(tenant, RollUpCountWanted.Parser, Contacts.Database);

    /// <summary>Hands messages over in this order.</summary>
    public async Task DeliverAsync(Guid tenant, IEnumerable<RollUpInputsTold> messages)
    {
        foreach (var message in messages)
            Assert.Equal("SUCCESS", await Contacts.DeliverAsync(tenant, message));
    }

    private static async Task<List<T>> MessagesAsync<T>(Guid tenant, MessageParser<T> parser, TestDatabase database)
        where T : IMessage<T>, new()
    {
        var rows = await database.QueryAsync<string>(
            $"SELECT coalesce(json_agg(data ORDER BY id), '[]')::text FROM outbox_messages WHERE tenant_id = '{tenant}' AND type = '{new T().Descriptor.FullName}'");
        return [.. JsonSerializer.Deserialize<string[]>(rows)!.Select(parser.ParseJson)];
    }
}
