using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Configuration;

public sealed class ConfigurationTests
{
    private const string Table = """
        CREATE TABLE settings (key varchar NOT NULL, value varchar NOT NULL, version varchar NOT NULL, metadata json);
        CREATE FUNCTION tell() RETURNS trigger AS $$
        DECLARE changed json;
        BEGIN
          IF TG_OP = 'DELETE' THEN changed = row_to_json(OLD); ELSE changed = row_to_json(NEW); END IF;
          PERFORM pg_notify('settings', json_build_object('table', TG_TABLE_NAME, 'action', TG_OP, 'data', changed)::text);
          RETURN NULL;
        END $$ LANGUAGE plpgsql;
        CREATE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON settings FOR EACH ROW EXECUTE FUNCTION tell();
        INSERT INTO settings VALUES ('colour', 'red', '1', '{"by":"me"}'), ('colour', 'blue', '10', NULL), ('colour', 'green', '9', NULL), ('size', 'XL', '1', NULL);
        """;

    private static readonly Dictionary<string, string> OnChannel = new() { ["pgNotifyChannel"] = "settings" };
    private static readonly string[] Colour = ["colour"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_highest_version_of_each_key_is_read_over_both_protocols()
    {
        await using var database = await Database();
        await using var sidecar = await Sidecar(database).Start();

        var dapr = sidecar.Dapr();
        var all = await dapr.GetConfiguration("settings", [], cancellationToken: Cancel);
        Assert.Equal([("colour", "blue", "10"), ("size", "XL", "1")], all.Items.OrderBy(item => item.Key).Select(item => (item.Key, item.Value.Value, item.Value.Version)));
        using var http = sidecar.Http();
        var some = await http.GetFromJsonAsync<JsonObject>("/v1.0/configuration/settings?key=colour&key=missing", Cancel);
        Assert.Equal("""{"colour":{"value":"blue","version":"10"}}""", some!.ToJsonString());
    }

    [Fact]
    public async Task A_grpc_subscriber_hears_of_its_keys_until_it_ends()
    {
        await using var database = await Database();
        await using var sidecar = await Sidecar(database).Start();
        var dapr = sidecar.Dapr();
        var subscription = await dapr.SubscribeConfiguration("settings", Colour, OnChannel, Cancel);
        var heard = new ConcurrentQueue<(string Key, string Value)>();
        var reading = Task.Run(async () =>
        {
            await foreach (var items in subscription.Source)
            {
                foreach (var (key, item) in items)
                    heard.Enqueue((key, item.Value));
            }
        }, Cancel);

        // The SDK opens its stream with the first read.
        await Eventually.Holds(() => subscription.Id is { Length: > 0 }, "the subscription has its id");
        await Execute(database, "UPDATE settings SET value = 'S' WHERE key = 'size'; UPDATE settings SET value = 'black' WHERE version = '10'; DELETE FROM settings WHERE version = '10'");
        await Eventually.Holds(() => heard.Count == 2, "both changes of the key were heard");
        Assert.Equal([("colour", "black"), ("colour", "")], heard);

        await dapr.UnsubscribeConfiguration("settings", subscription.Id, Cancel);
        await reading.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
    }

    [Fact]
    public async Task An_http_subscriber_gets_its_changes_posted_over_an_outage_too_until_it_unsubscribes()
    {
        await using var database = await Database();
        await using var app = new TestApp("app", "http");
        var posted = new ConcurrentQueue<(string Path, JsonNode Body)>();
        app.OnRequest = async context => posted.Enqueue((context.Request.Path, (await JsonNode.ParseAsync(context.Request.Body))!));
        await app.Start();
        await using var sidecar = await Sidecar(database, app).Start();
        using var http = sidecar.Http();

        var id = (string)(await http.GetFromJsonAsync<JsonObject>("/v1.0/configuration/settings/subscribe?key=colour&metadata.pgNotifyChannel=settings", Cancel))!["id"]!;
        await Execute(database, "UPDATE settings SET value = 'white' WHERE version = '10'");
        await Eventually.Holds(() => !posted.IsEmpty, "the change was posted");
        var (path, body) = posted.Single();
        Assert.Equal("/configuration/settings/colour", path);
        Assert.Equal((id, "white"), ((string)body["id"]!, (string)body["items"]!["colour"]!["value"]!));

        await Execute(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
        await Eventually.Holds(async () =>
        {
            await Execute(database, "UPDATE settings SET value = 'grey' WHERE version = '10'");
            return posted.Any(change => (string?)change.Body["items"]!["colour"]!["value"] == "grey");
        }, "it is heard again after the connection broke");

        Assert.Equal("""{"ok":true}""", await http.GetStringAsync($"/v1.0/configuration/settings/{id}/unsubscribe", Cancel));
        using var again = await http.GetAsync($"/v1.0/configuration/settings/{id}/unsubscribe", Cancel);
        Assert.Equal(HttpStatusCode.InternalServerError, again.StatusCode);
        Assert.Contains("\"ok\":false", await again.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1.0/configuration/other", 400, "ERR_CONFIGURATION_STORE_NOT_FOUND")]
    [InlineData("/v1.0/configuration/settings/subscribe", 500, "ERR_CONFIGURATION_SUBSCRIBE")]
    public async Task What_cannot_be_is_refused_with_daprds_code(string path, int status, string code)
    {
        await using var database = await Database();
        await using var sidecar = await Sidecar(database).Start();
        using var http = sidecar.Http();
        using var response = await http.GetAsync(path, Cancel);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, (string?)(await response.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["errorCode"]);
    }

    [Fact]
    public async Task Without_a_store_it_says_so_and_without_its_table_the_store_does_not_start()
    {
        await using var database = await TestDatabase.Create();
        await using var bare = await new SoloSidecar().Start();
        using var http = bare.Http();
        using var response = await http.GetAsync("/v1.0/configuration/settings", Cancel);
        Assert.Contains("ERR_CONFIGURATION_STORE_NOT_CONFIGURED", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        await using var sidecar = Sidecar(database);
        Assert.Equal(1, await sidecar.Launch().WaitForExit());
        Assert.Contains("(configuration.postgresql): the table 'settings' does not exist", sidecar.Process.Output, StringComparison.Ordinal);
    }

    private static SoloSidecar Sidecar(TestDatabase database, TestApp? app = null) => new SoloSidecar(app).Component(
        "settings", "configuration.postgresql", ("connectionString", database.ConnectionString), ("table", "settings"));

    private static async Task<TestDatabase> Database()
    {
        var database = await TestDatabase.Create();
        await Execute(database, Table);
        return database;
    }

    private static async Task Execute(TestDatabase database, string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
