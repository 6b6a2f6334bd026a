using System.Net;
using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Dapr.Conformance.Harness;
using Grpc.Core;

namespace Dapr.Conformance.Actors;

/// <summary>Actors over plain HTTP and gRPC: statuses and error bodies (contract §1.3, §1.4, §5.1).</summary>
public sealed class ActorHttpTests(ActorSetup setup) : IClassFixture<ActorSetup>
{
    private readonly HttpClient _http = setup.Sidecar.Http();
    private readonly string _id = Guid.NewGuid().ToString("N");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_method_is_called_over_http()
    {
        using var response = await _http.PutAsync(Path("method/AddAsync"), Errors.Json("5"), Cancel);
        Assert.Equal("5", await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task A_type_that_nobody_hosts_has_no_address()
    {
        using var response = await _http.PutAsync(new Uri($"/v1.0/actors/nosuchtype/{_id}/method/x", UriKind.Relative), Errors.Json("1"), Cancel);
        await response.AssertErrorAsync(404, "ERR_ACTOR_NO_ADDRESS", "did not find address for actor 'nosuchtype/");
    }

    [Fact]
    public async Task State_that_is_not_there_is_empty_and_an_actor_that_is_not_there_has_none()
    {
        await setup.Actor(_id).AddAsync(1);
        using var missing = await _http.GetAsync(Path("state/nothing"), Cancel);
        await missing.AssertStatusAsync(204);
        using var found = await _http.GetAsync(Path("state/count"), Cancel);
        Assert.Equal("1", await found.Content.ReadAsStringAsync(Cancel));
        using var absent = await _http.PutAsync(
            new Uri($"/v1.0/actors/{ActorSetup.Type}/{_id}-absent/state", UriKind.Relative), Errors.Json("""[{"operation":"upsert","request":{"key":"a","value":1}}]"""), Cancel);
        await absent.AssertErrorAsync(400, "ERR_ACTOR_INSTANCE_MISSING", "actor instance is missing");
    }

    [Fact]
    public async Task A_transaction_writes_and_deletes_whatever_its_content_type()
    {
        await setup.Actor(_id).AddAsync(1);
        using var body = new StringContent("""[{"operation":"upsert","request":{"key":"a","value":{"b":[1]}}},{"operation":"delete","request":{"key":"count"}}]""");
        using var response = await _http.PutAsync(Path("state"), body, Cancel);
        await response.AssertStatusAsync(204);
        Assert.Equal("""{"b":[1]}""", await _http.GetStringAsync(Path("state/a"), Cancel));
        using var deleted = await _http.GetAsync(Path("state/count"), Cancel);
        await deleted.AssertStatusAsync(204);
    }

    [Fact]
    public async Task A_reminder_is_read_as_it_was_registered()
    {
        using var created = await _http.PostAsync(Path("reminders/late"), Errors.Json("""{"dueTime":"1h","period":"1s","data":"reminderdata","ttl":"2552-01-01T00:00:00Z"}"""), Cancel);
        await created.AssertStatusAsync(204);
        var reminder = JsonNode.Parse(await _http.GetStringAsync(Path("reminders/late"), Cancel))!;
        Assert.Equal("reminderdata", (string?)reminder["data"]);
        Assert.Equal("@every 1s", (string?)reminder["period"]);
        Assert.Equal((_id, ActorSetup.Type), ((string?)reminder["actorID"], (string?)reminder["actorType"]));
        using var deleted = await _http.DeleteAsync(Path("reminders/late"), Cancel);
        await deleted.AssertStatusAsync(204);
        using var again = await _http.DeleteAsync(Path("reminders/late"), Cancel);
        await again.AssertStatusAsync(204);
    }

    [Fact]
    public async Task A_reminder_that_there_is_not_is_not_found()
    {
        using var response = await _http.GetAsync(Path("reminders/helloworld"), Cancel);
        await response.AssertErrorAsync(404, "ERR_ACTOR_REMINDER_NOT_FOUND", "actor reminder not found: helloworld");
        await Errors.AssertFailsAsync(
            async () => await setup.Sidecar.Raw().GetActorReminderAsync(new GetActorReminderRequest { ActorType = ActorSetup.Type, ActorId = _id, Name = "helloworld" }, cancellationToken: Cancel),
            StatusCode.NotFound, "actor reminder not found: helloworld");
    }

    [Fact]
    public async Task A_reminder_is_replaced_unless_that_is_not_wanted()
    {
        foreach (var (body, status) in ((string, int)[])[("""{"dueTime":"1h"}""", 204), ("""{"dueTime":"2h"}""", 204), ("""{"dueTime":"3h","overwrite":false}""", 409)])
        {
            using var response = await _http.PostAsync(Path("reminders/one"), Errors.Json(body), Cancel);
            await response.AssertStatusAsync(status);
        }

        using var refused = await _http.PostAsync(Path("reminders/one"), Errors.Json("""{"dueTime":"3h","overwrite":false}"""), Cancel);
        await refused.AssertErrorAsync(409, "ERR_ACTOR_REMINDER_ALREADY_EXISTS", "actor reminder already exists: one");
        using var deleted = await _http.DeleteAsync(Path("reminders/one"), Cancel);
    }

    [Fact]
    public async Task Reminders_are_for_hosted_types_and_not_for_daprs_own()
    {
        using var foreign = await _http.PostAsync(new Uri("/v1.0/actors/nosuchtype/1/reminders/r", UriKind.Relative), Errors.Json("""{"dueTime":"1h"}"""), Cancel);
        await foreign.AssertErrorAsync(403, "ERR_ACTOR_REMINDER_NON_HOSTED");
        using var reserved = await _http.PostAsync(new Uri("/v1.0/actors/dapr.internal.default.zoo.workflow/1/reminders/r", UriKind.Relative), Errors.Json("""{"dueTime":"1h"}"""), Cancel);
        await reserved.AssertErrorAsync(403, "ERR_ACTOR_TYPE_RESERVED");
    }

    [Theory]
    [InlineData("method/remind%2Fx")]
    [InlineData("method/remind/x")]
    [InlineData("method/timer/x")]
    public async Task What_is_the_runtimes_is_not_called_from_outside(string path)
    {
        using var response = await _http.PutAsync(Path(path), Errors.Json("{}"), Cancel);
        Assert.False(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_reminder_with_a_time_that_is_none_is_an_error()
    {
        using var response = await _http.PostAsync(Path("reminders/odd"), Errors.Json("""{"dueTime":"soon"}"""), Cancel);
        Assert.InRange((int)response.StatusCode, 400, 500);
        Assert.NotEqual(HttpStatusCode.NotFound, response.StatusCode);
    }

    private Uri Path(string rest) => new($"/v1.0/actors/{ActorSetup.Type}/{_id}/{rest}", UriKind.Relative);
}
