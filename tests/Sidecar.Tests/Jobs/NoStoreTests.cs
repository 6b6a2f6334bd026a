using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Jobs;

/// <summary>An app without any component, under daprd's own flags.</summary>
public sealed class NoStoreTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jobs_work_and_actors_are_not_hosted_where_there_is_no_store()
    {
        await using var app = new TestApp("app", "http");
        var jobs = new ConcurrentQueue<string>();
        app.OnRequest = context =>
        {
            if (context.Request.Path.StartsWithSegments("/job", out var name))
                jobs.Enqueue(name.Value!);
            return context.Request.Path == "/dapr/config" ? context.Response.WriteAsync("""{"entities":["T"]}""") : Task.CompletedTask;
        };
        await app.Start();
        var port = Ports.Next();
        await using var sidecar = SidecarProcess.Launch(
            ["--app-id", "app", "--app-port", $"{app.Port}", "--dapr-http-port", $"{port}", "--dapr-grpc-port", $"{Ports.Next()}"]);
        await sidecar.WaitUntilReady(port);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Eventually.Holds(async () => (await http.GetAsync("/v1.0/healthz", Cancel)).IsSuccessStatusCode, "the app is up");

        using var job = new StringContent("""{"schedule":"@every 100ms","repeats":2}""", Encoding.UTF8, "application/json");
        Assert.Equal(204, (int)(await http.PostAsync("/v1.0/jobs/j", job, Cancel)).StatusCode);
        await Eventually.Holds(() => jobs.Count == 2, "it came twice");
        using var call = await http.PutAsync("/v1.0/actors/T/1/method/Go", null, Cancel);
        Assert.Equal(404, (int)call.StatusCode);
        Assert.Contains("did not find address for actor 'T/1'", await call.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var state = await http.GetAsync("/v1.0/actors/T/1/state/k", Cancel);
        Assert.Contains("ERR_ACTOR_RUNTIME_NOT_FOUND", await state.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }
}
