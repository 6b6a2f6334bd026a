using Dapr.Conformance.Harness;

namespace Dapr.Conformance.State;

/// <summary>state.postgresql, version 2.</summary>
public sealed class PostgresSetup : StateSetup
{
    private Database _database = null!;

    internal override string Type => "state.postgresql v2";

    internal override string OtherEtag => Guid.NewGuid().ToString();

    internal override bool RollsBack => true;

    internal Database Database => _database;

    internal override async Task<(string Name, string Value)[]> StartServerAsync()
    {
        _database = await Database.CreateAsync();
        return [("connectionString", _database.Url)];
    }

    internal override Task<string?> ReadRowAsync(string key) => _database.ScalarAsync<string>("SELECT convert_from(value, 'UTF8') FROM state WHERE key = $1", key);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }
}
