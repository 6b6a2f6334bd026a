using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using static Platform.Sidecar.Tests.Actors.RawActorApp;

namespace Platform.Sidecar.Tests.Actors;

/// <summary>Requests that no SDK makes: each gets a typed error, and the sidecar goes on.</summary>
public sealed class MalformedRequestTests
{
    private static readonly (string Path, string Body)[] Valid =
    [
        ("actors/T/1/reminders/r", """{"dueTime":"1h","period":"R3/PT1S","ttl":"2552-01-01T00:00:00Z","data":{"a":[1,"x"]},"overwrite":true,"failurePolicy":{"constant":{"interval":"3s","maxRetries":5}}}"""),
        ("actors/T/1/timers/t", """{"dueTime":"1h","period":"0h0m1s0ms","ttl":"2h","callback":"Ring","data":"AQID"}"""),
        ("actors/T/1/state", """[{"operation":"upsert","request":{"key":"k","value":{"a":1},"metadata":{"x":"y"}}},{"operation":"delete","request":{"key":"k"}}]"""),
        ("jobs/j", """{"schedule":"CRON_TZ=Europe/Berlin 0 30 8 * * MON","repeats":3,"dueTime":"1h","ttl":"PT5H","data":{"a":null},"overwrite":true,"failure_policy":{"drop":{}}}"""),
    ];

    [Fact]
    public async Task A_malformed_request_gets_a_typed_error()
    {
        var (stack, _) = await Start("""{"entities":["T"]}""");
        await using var disposal = stack;
        using var http = stack.Http("app");
        await http.PutAsync("/v1.0/actors/T/1/method/Wake", null, TestContext.Current.CancellationToken);
        await Requests.SampleAsync(async request =>
        {
            using var body = new ByteArrayContent(request.Body);
            using var response = await http.PostAsync("/v1.0/" + request.Path, body);
            if ((int)response.StatusCode == 204)
                return;
            var answer = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode is 400 or 403 or 404 or 409 or 500, $"{response.StatusCode} {Encoding.UTF8.GetString(request.Body)}");
            Assert.False((string?)JsonNode.Parse(answer)!["errorCode"] is null or "ERR_INTERNAL", $"{answer}: {Encoding.UTF8.GetString(request.Body)}\n{stack.Sidecar.Output}");
        }, iter: 3000, threads: 4);
    }

    // A valid body with some of its bytes replaced, left out or doubled.
    private static Gen<(string Path, byte[] Body)> Requests =>
        from valid in Gen.Int[0, Valid.Length - 1].Select(index => Valid[index])
        from edits in Gen.Select(Gen.Int[0, 250], Gen.Byte, Gen.Int[0, 2]).Array[1, 4]
        select (valid.Path, edits.Aggregate(Encoding.UTF8.GetBytes(valid.Body), (body, edit) => Edit(body, edit.Item1, edit.Item2, edit.Item3)));

    private static byte[] Edit(byte[] body, int position, byte value, int kind)
    {
        if (body.Length == 0)
            return [value];
        position %= body.Length;
        return kind switch
        {
            0 => [.. body[..position], value, .. body[(position + 1)..]],
            1 => [.. body[..position], .. body[(position + 1)..]],
            _ => [.. body[..position], .. body[position..], .. body[position..]],
        };
    }
}
