using System.Net;
using Dapr.Conformance.Harness;

namespace Dapr.Conformance.State;

public sealed class StatePostgresTests(PostgresSetup setup) : StateTests(setup), IClassFixture<PostgresSetup>;

public sealed class StateHttpPostgresTests(PostgresSetup setup) : StateHttpTests(setup), IClassFixture<PostgresSetup>;

/// <summary>What is particular to state.postgresql v2, its rows among it (contract §2.2).</summary>
public sealed class PostgresTests(PostgresSetup setup) : IClassFixture<PostgresSetup>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_table_is_that_of_daprs_component()
    {
        await setup.Dapr.SaveStateAsync(StateSetup.Store, "layout", 1, cancellationToken: Cancel);
        Assert.Equal(
            "key text,value bytea,etag uuid,created_at timestamp with time zone,updated_at timestamp with time zone,expires_at timestamp with time zone,row_id bigint",
            await setup.Database.ScalarAsync<string>("SELECT string_agg(column_name || ' ' || data_type, ',' ORDER BY array_position(ARRAY['key','value','etag','created_at','updated_at','expires_at','row_id'], column_name::text)) FROM information_schema.columns WHERE table_name = 'state' AND table_schema = 'public'"));
        Assert.Equal("2", await setup.Database.ScalarAsync<string>("SELECT value FROM dapr_metadata WHERE key = 'migrations-state-v2-'"));
    }

    [Fact]
    public async Task The_rows_etag_is_the_apis()
    {
        await setup.Dapr.SaveStateAsync(StateSetup.Store, "etag", 1, cancellationToken: Cancel);
        var (_, etag) = await setup.Dapr.GetStateAndETagAsync<int>(StateSetup.Store, "etag", cancellationToken: Cancel);
        Assert.Equal(etag, await setup.Database.ScalarAsync<string>("SELECT etag::text FROM state WHERE key = 'shop||etag'"));
    }

    [Fact]
    public async Task An_etag_of_another_form_matches_nothing()
    {
        await setup.Dapr.SaveStateAsync(StateSetup.Store, "form", 1, cancellationToken: Cancel);
        Assert.False(await setup.Dapr.TrySaveStateAsync(StateSetup.Store, "form", 2, "not-an-uuid", cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_row_that_somebody_else_wrote_is_read()
    {
        await setup.Dapr.SaveStateAsync(StateSetup.Store, "any", 1, cancellationToken: Cancel);
        await setup.Database.ExecuteAsync("INSERT INTO state (key, value) VALUES ('shop||foreign', convert_to('{\"a\":5}', 'UTF8'))");
        Assert.Equal("""{"a":5}""", await setup.Http.GetStringAsync(new Uri($"/v1.0/state/{StateSetup.Store}/foreign", UriKind.Relative), Cancel));
    }

    [Fact]
    public async Task Queries_are_not_supported_in_this_version()
    {
        using var response = await setup.Http.PostAsync(new Uri($"/v1.0-alpha1/state/{StateSetup.Store}/query", UriKind.Relative), Errors.Json("""{"filter":{}}"""), Cancel);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        await response.AssertErrorAsync(500, "ERR_STATE_STORE_NOT_SUPPORTED", "state store does not support querying");
    }
}
