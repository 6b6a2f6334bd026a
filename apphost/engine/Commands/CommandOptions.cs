using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command is offered.</summary>
public class CommandOptions
{
    /// <summary>What it does, in a sentence.</summary>
    public string? Description { get; set; }

    /// <summary>What whoever runs it is asked before; nothing when null.</summary>
    public string? ConfirmationMessage { get; set; }

    /// <summary>What it asks for, by name: fields in the dashboard, <c>name=value</c> on the command line.</summary>
    [Experimental("ASPIREINTERACTION001")]
    public IReadOnlyList<InteractionInput> Arguments { get; set; } = [];

    /// <summary>Whether it can be run now; always when null.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }

    /// <summary>Its button stands in the list of resources; that of others on the resource's page.</summary>
    public bool IsHighlighted { get; set; }

    /// <summary>An icon for it. The local dashboard shows words.</summary>
    public string? IconName { get; set; }

    /// <summary>Which kind of icon.</summary>
    public IconVariant? IconVariant { get; set; }

    /// <summary>Where it is offered.</summary>
    public ResourceCommandVisibility Visibility { get; set; } = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api;
}

/// <summary>How a command that sends a request is offered, and what it sends.</summary>
public class HttpCommandOptions : CommandOptions
{
    /// <summary>The method; POST when null.</summary>
    public HttpMethod? Method { get; set; }

    /// <summary>A client of <see cref="IHttpClientFactory"/> with settings of its own, its time limit too; one that waits for four minutes when null.</summary>
    public string? HttpClientName { get; set; }

    /// <summary>Where the request goes; to the first endpoint that speaks HTTP when null.</summary>
    public Func<EndpointReference>? EndpointSelector { get; set; }

    /// <summary>Completes the request.</summary>
    public Func<HttpCommandRequestContext, Task>? PrepareRequest { get; set; }

    /// <summary>Says what the answer means; when null, a status of 200 to 299 is a success.</summary>
    public Func<HttpCommandResultContext, Task<ExecuteCommandResult>>? GetCommandResult { get; set; }

    /// <summary>Whether the answer's body is shown.</summary>
    public HttpCommandResultMode ResultMode { get; set; }
}

/// <summary>Whether the body of an answer is the command's result.</summary>
public enum HttpCommandResultMode
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>It is where it is text or JSON.</summary>
    Auto,

    /// <summary>It is, as JSON.</summary>
    Json,

    /// <summary>It is, as text.</summary>
    Text,
}

/// <summary>A request that is about to be sent.</summary>
public sealed class HttpCommandRequestContext
{
    /// <summary>Services of the AppHost.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Where it goes.</summary>
    public required EndpointReference Endpoint { get; init; }

    /// <summary>Ends it.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>What sends it.</summary>
    public required HttpClient HttpClient { get; init; }

    /// <summary>The request.</summary>
    public required HttpRequestMessage Request { get; init; }
}

/// <summary>A request that was answered.</summary>
public sealed class HttpCommandResultContext
{
    /// <summary>Services of the AppHost.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Where it went.</summary>
    public required EndpointReference Endpoint { get; init; }

    /// <summary>Ends it.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>What sent it.</summary>
    public required HttpClient HttpClient { get; init; }

    /// <summary>The answer.</summary>
    public required HttpResponseMessage Response { get; init; }
}

/// <summary>Which kind of icon.</summary>
public enum IconVariant
{
    /// <summary>Lines.</summary>
    Regular,

    /// <summary>Faces.</summary>
    Filled,
}

/// <summary>Whether a command can be run.</summary>
public enum ResourceCommandState
{
    /// <summary>It can.</summary>
    Enabled,

    /// <summary>It cannot now.</summary>
    Disabled,

    /// <summary>It is not shown.</summary>
    Hidden,
}

/// <summary>Where a command is offered.</summary>
[Flags]
public enum ResourceCommandVisibility
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>In the dashboard.</summary>
    UI = 1,

    /// <summary>On the command line.</summary>
    Api = 2,
}

/// <summary>What a command's state is decided by.</summary>
public sealed class UpdateCommandStateContext
{
    /// <summary>The resource now.</summary>
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }

    /// <summary>Services of the AppHost.</summary>
    public required IServiceProvider Services { get; init; }
}
