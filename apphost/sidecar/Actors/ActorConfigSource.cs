using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Actors;

/// <summary>Asks an app which actors it hosts. Actors are called over HTTP: an app that speaks gRPC hosts none.</summary>
internal sealed partial class ActorConfigSource(TimeProvider time, ILogger<ActorConfigSource> logger)
{
    private static readonly IReadOnlyDictionary<string, ActorTypeOptions> None = new Dictionary<string, ActorTypeOptions>();
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyDictionary<string, ActorTypeOptions>> Read(SidecarApp app, CancellationToken cancellationToken)
    {
        if (app.Channel is not { } channel || channel.Protocol == AppProtocol.Grpc || app.Options.DisabledInitEndpoints.Contains("config"))
            return None;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return ActorConfig.Parse(await Ask(app, channel, cancellationToken));
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                Log.CannotAsk(logger, app.Id, error.Message);
            }
            catch (Exception error) when (error is JsonException or FormatException)
            {
                Log.NotUnderstood(logger, app.Id, error.Message);
                return None;
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private static async Task<JsonNode?> Ask(SidecarApp app, AppChannel channel, CancellationToken cancellationToken)
    {
        using var request = channel.Request(HttpMethod.Get, "/dapr/config");
        request.Headers.TryAddWithoutValidation("dapr-app-id", app.Id);
        using var response = await channel.Client.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return !response.IsSuccessStatusCode || answer.Length == 0 ? null : JsonNode.Parse(answer);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "App {App} could not be asked for its actors: {Reason}")]
        public static partial void CannotAsk(ILogger logger, string app, string reason);

        [LoggerMessage(LogLevel.Warning, "What app {App} answers to /dapr/config is not understood, so it hosts no actors: {Reason}")]
        public static partial void NotUnderstood(ILogger logger, string app, string reason);
    }
}
