using System.Net;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.LocalHost.Endpoints;
using Platform.LocalHost.Projects;

namespace Platform.LocalHost.Commands;

/// <summary>A command that sends a request.</summary>
internal sealed class HttpCommand
{
    // Nobody can give it up here, so it is given up for them, a little before who asked for it gives up listening.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    // In characters.
    private const int LongestAnswer = 1 << 20;

    private readonly string _path;
    private readonly EndpointReference _endpoint;
    private readonly HttpCommandOptions _options;
    private readonly HttpMethod _method;

    /// <param name="path">Where the request goes on the endpoint.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="options">How it is sent.</param>
    /// <exception cref="DistributedApplicationException">The endpoint does not speak HTTP.</exception>
    public HttpCommand(string path, EndpointReference endpoint, HttpCommandOptions options)
    {
        if (endpoint.Scheme is not ("http" or "https"))
            throw new DistributedApplicationException($"The endpoint '{endpoint.EndpointName}' of '{endpoint.Resource.Name}' does not speak HTTP.");
        (_path, _endpoint, _options, _method) = (path, endpoint, options, options.Method ?? HttpMethod.Post);
        options.UpdateState ??= static context =>
            context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
    }

    /// <summary>The name that Aspire gives a command which was given none.</summary>
    public string DefaultName => $"{_endpoint.Resource.Name}-{_endpoint.EndpointName}-http-{_method.Method.ToLowerInvariant()}-{_path}";

    // A resource without TLS that speaks HTTP/2 cannot be asked in any other way.
    private Version Version => _endpoint.Annotation.Transport == "http2" || _endpoint.Resource.Annotations.OfType<Http2ServiceAnnotation>().Any() ? HttpVersion.Version20 : HttpVersion.Version11;

    /// <summary>The first endpoint that speaks HTTP.</summary>
    /// <exception cref="DistributedApplicationException">There is none.</exception>
    public static EndpointReference DefaultEndpointOf(IResourceWithEndpoints resource) =>
        resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => endpoint.UriScheme is "http" or "https") is { } endpoint
            ? new EndpointReference(resource, endpoint.Name)
            : throw new DistributedApplicationException($"'{resource.Name}' has no endpoint that speaks HTTP; say which one a command goes to.");

    public void Prepare(IServiceCollection services) => services.AddHttpClient();

    public async Task<ExecuteCommandResult> ExecuteAsync(ExecuteCommandContext context)
    {
        using var client = context.Services.GetRequiredService<IHttpClientFactory>().CreateClient(_options.HttpClientName ?? Options.DefaultName);
        if (_options.HttpClientName is null)
            client.Timeout = Patience;
        // The body is waited for no longer than the head.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        try
        {
            return await ExecuteAsync(context, client, limit);
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            return CommandResults.Failure($"{context.ResourceName} has not answered within {client.Timeout.TotalSeconds:0.#} s.");
        }
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(ExecuteCommandContext context, HttpClient client, CancellationTokenSource limit)
    {
        var cancellationToken = limit.Token;
        var endpoint = EndpointOf(context.ResourceName);
        using var request = new HttpRequestMessage(_method, new Uri(new Uri(endpoint.Url), _path)) { Version = Version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (_options.PrepareRequest is { } prepare)
            await prepare(new HttpCommandRequestContext { Services = context.Services, ResourceName = context.ResourceName, Endpoint = endpoint, CancellationToken = cancellationToken, HttpClient = client, Request = request });
        limit.CancelAfter(client.Timeout);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return _options.GetCommandResult is { } judge
            ? await judge(new HttpCommandResultContext { Services = context.Services, ResourceName = context.ResourceName, Endpoint = endpoint, CancellationToken = cancellationToken, HttpClient = client, Response = response })
            : await JudgeAsync(response, cancellationToken);
    }

    // A replica is asked where it listens itself.
    private EndpointReference EndpointOf(string replica) =>
        Replica.OthersOf(_endpoint.Resource).FirstOrDefault(other => other.Name.Equals(replica, StringComparison.OrdinalIgnoreCase))?.Own(_endpoint) ?? _endpoint;

    private async Task<ExecuteCommandResult> JudgeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var problem = response.IsSuccessStatusCode ? null : $"{_method} {_path} answers {(int)response.StatusCode}";
        if (FormatOf(response) is not { } format)
            return new ExecuteCommandResult { Success = problem is null, Message = problem };
        var (body, isWhole) = await BeginningAsync(response.Content, cancellationToken);
        var data = body.Length == 0 ? null : new CommandResultData { Value = isWhole ? body : $"{body}\n… (the answer is longer)", Format = isWhole ? format : CommandResultFormat.Text };
        return new ExecuteCommandResult { Success = problem is null, Message = problem, Data = data };
    }

    // It is shown on a page, and an answer may have no end.
    private static async Task<(string Text, bool IsWhole)> BeginningAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(await content.ReadAsStreamAsync(cancellationToken), EncodingOf(content));
        var text = new char[LongestAnswer + 1];
        var length = await reader.ReadBlockAsync(text, cancellationToken);
        return (new string(text, 0, Math.Min(length, LongestAnswer)), length <= LongestAnswer);
    }

    private static Encoding EncodingOf(HttpContent content)
    {
        try
        {
            return content.Headers.ContentType?.CharSet is { } name ? Encoding.GetEncoding(name.Trim('"')) : Encoding.UTF8;
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }

    private CommandResultFormat? FormatOf(HttpResponseMessage response) => (_options.ResultMode, response.Content.Headers.ContentType?.MediaType) switch
    {
        (HttpCommandResultMode.Json, _) => CommandResultFormat.Json,
        (HttpCommandResultMode.Text, _) => CommandResultFormat.Text,
        (HttpCommandResultMode.Auto, { } kind) when kind.EndsWith("json", StringComparison.Ordinal) => CommandResultFormat.Json,
        (HttpCommandResultMode.Auto, { } kind) when kind.StartsWith("text/", StringComparison.Ordinal) => CommandResultFormat.Text,
        _ => null,
    };
}
