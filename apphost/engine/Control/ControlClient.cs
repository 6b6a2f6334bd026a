using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Dashboard;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Control;

/// <summary>Speaks to the running host of an instance.</summary>
internal sealed class ControlClient : IDisposable
{
    private readonly HttpClient _http;

    private ControlClient(HostFile host)
    {
        Host = host;
        _http = new HttpClient { BaseAddress = host.Url, Timeout = TimeSpan.FromMinutes(5) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.Token);
    }

    public HostFile Host { get; }

    public static ControlClient? Find(Instance instance) => HostFile.Find(instance) is { } host ? new ControlClient(host) : null;

    public async Task<IReadOnlyList<ResourceView>> ListAsync(CancellationToken cancellationToken) =>
        await _http.GetFromJsonAsync<ResourceView[]>("/resources", cancellationToken) ?? [];

    /// <summary>What a resource was started with, in the order of the names.</summary>
    /// <param name="resource">Its name.</param>
    /// <param name="secrets">Whether secrets are told as they are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StackException">There is no such resource, or it has no environment of its own.</exception>
    public async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(string resource, bool secrets, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri($"/resources/{Uri.EscapeDataString(resource)}/environment?secrets={(secrets ? "true" : "false")}", UriKind.Relative), cancellationToken);
        return await ReadAsync<SortedDictionary<string, string>>(response, cancellationToken);
    }

    /// <summary>Starts, stops or restarts a resource and waits until that is done.</summary>
    public async Task<ResourceView> ActAsync(string resource, string action, CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsync(new Uri($"/resources/{Uri.EscapeDataString(resource)}/{action}", UriKind.Relative), null, cancellationToken);
        return await ReadAsync<ResourceView>(response, cancellationToken);
    }

    /// <summary>The commands that the AppHost has given a resource.</summary>
    /// <exception cref="StackException">There is no such resource.</exception>
    public async Task<IReadOnlyList<CommandView>> CommandsAsync(string resource, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri($"/resources/{Uri.EscapeDataString(resource)}/commands", UriKind.Relative), cancellationToken);
        return await ReadAsync<CommandView[]>(response, cancellationToken);
    }

    /// <summary>Runs one of them and waits until that is done.</summary>
    /// <exception cref="StackException">There is none, or it cannot be run now.</exception>
    public async Task<CommandOutcome> RunAsync(string resource, string command, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        // The name may be a path: a command that sends a request is called by where it sends it.
        using var response = await _http.PostAsJsonAsync(new Uri($"/resources/{Uri.EscapeDataString(resource)}/commands?name={Uri.EscapeDataString(command)}", UriKind.Relative), arguments, cancellationToken);
        return await ReadAsync<CommandOutcome>(response, cancellationToken);
    }

    /// <summary>Asks the host to stop. A host that closes the connection before it answers is stopping already.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.PostAsync(new Uri("/stop", UriKind.Relative), null, cancellationToken);
            response.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException exception) when (exception.StatusCode is null)
        {
            // The caller waits for the end of the process either way, and says so if it does not come.
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return (await response.Content.ReadFromJsonAsync<T>(cancellationToken))!;
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        throw new StackException(problem.GetProperty("detail").GetString() ?? response.ReasonPhrase ?? "failed");
    }

    public void Dispose() => _http.Dispose();
}
