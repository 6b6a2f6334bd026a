using System.Diagnostics;
using System.Text.Json;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Invocation.Neighbours;

/// <summary>
/// How sidecars of one app each find each other, where daprd uses multicast DNS: each leaves a file in a folder that only its user
/// can read. A process that serves a run file has all its apps and takes no part.
/// </summary>
internal sealed partial class Neighbourhood(IReadOnlyList<AppOptions> options, SidecarApps apps, IHostApplicationLifetime lifetime, ILogger<Neighbourhood> logger)
    : IHostedService
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Named otherwise, sidecars with one folder see each other and nobody else.
    private string Folder { get; } = options[0].Variable("SIDECAR_NEIGHBOURS") is { Length: > 0 } named ? named : Path.Combine(Path.GetTempPath(), $"platform-sidecars-{Environment.UserName}");

    private bool TakesPart => options is [{ IsAlone: true }];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (TakesPart && IsFileName(options[0].AppId))
        {
            lifetime.ApplicationStarted.Register(Announce);
            lifetime.ApplicationStopping.Register(Leave);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Any of the sidecars of that app; null when there is none.</summary>
    public Neighbour? Find(string appId)
    {
        if (!TakesPart || !IsFileName(appId) || !IsOurs())
            return null;
        var found = Directory.GetFiles(Folder, $"{appId}@*.json").Select(Read).OfType<Neighbour>()
            .Where(one => one.AppId == appId && one.Namespace == options[0].Namespace && one.ProcessId != Environment.ProcessId).ToArray();
        return found.Length == 0 ? null : found[Random.Shared.Next(found.Length)];
    }

    private void Announce()
    {
        var app = options[0];
        apps.TryGet(app.AppId, out var loaded);
        var token = loaded?.ApiToken is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null;
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(Folder);
            else
                Directory.CreateDirectory(Folder, OwnerOnly);
            if (IsOurs())
                File.WriteAllText(FileOf(app.AppId, Environment.ProcessId), JsonSerializer.Serialize(new Neighbour(app.AppId, app.Namespace, Environment.ProcessId, app.HttpPort, app.GrpcPort, token)));
            else
                Log.NotOurs(logger, Folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotAnnounced(logger, app.AppId, error.Message);
        }
    }

    private void Leave()
    {
        var file = FileOf(options[0].AppId, Environment.ProcessId);
        if (File.Exists(file))
            File.Delete(file);
    }

    // The files hold API tokens.
    private bool IsOurs() => Directory.Exists(Folder) && (OperatingSystem.IsWindows() || File.GetUnixFileMode(Folder) == OwnerOnly);

    private static Neighbour? Read(string file)
    {
        try
        {
            var neighbour = JsonSerializer.Deserialize<Neighbour>(File.ReadAllText(file));
            if (neighbour is not null && IsRunning(neighbour.ProcessId))
                return neighbour;
            File.Delete(file);
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            // It is being written, or has just gone.
        }

        return null;
    }

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private string FileOf(string appId, int processId) => Path.Combine(Folder, $"{appId}@{processId}.json");

    private static bool IsFileName(string appId) => appId.Length > 0 && appId.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') && appId[0] != '.';

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Folder} can be read by others: sidecars of other apps are not looked for")]
        public static partial void NotOurs(ILogger logger, string folder);

        [LoggerMessage(LogLevel.Warning, "App {App} cannot be found by the sidecars of other apps: {Reason}")]
        public static partial void NotAnnounced(ILogger logger, string app, string reason);
    }
}
