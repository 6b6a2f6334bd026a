using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Commands;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Something that can be done with the resource: a button in the dashboard, and <c>command</c> on the command line. One of the same name takes its place.</summary>
    public static IResourceBuilder<T> WithCommand<T>(
        this IResourceBuilder<T> builder, string name, string displayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, CommandOptions? commandOptions = null)
        where T : IResource => builder.WithAnnotation(new ResourceCommandAnnotation(name, displayName, executeCommand, commandOptions ?? new CommandOptions()));

    /// <summary>A request that is sent to the resource when somebody asks for it.</summary>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(
        this IResourceBuilder<TResource> builder, string path, string displayName, string? endpointName = null, string? commandName = null, HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints => builder.WithHttpCommand(path, displayName, endpointName is null ? null : () => builder.GetEndpoint(endpointName), commandName, commandOptions);

    /// <summary>A request that is sent to an endpoint when somebody asks for it.</summary>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(
        this IResourceBuilder<TResource> builder, string path, string displayName, Func<EndpointReference>? endpointSelector, string? commandName = null, HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints
    {
        var options = commandOptions ?? new HttpCommandOptions();
        var endpoint = (endpointSelector ?? options.EndpointSelector ?? (() => HttpCommand.DefaultEndpointOf(builder.Resource)))();
        var command = new HttpCommand(path, endpoint, options);
        command.Prepare(builder.ApplicationBuilder.Services);
        return builder.WithCommand(commandName ?? command.DefaultName, displayName, command.ExecuteAsync, options);
    }
}
