using Aspire.Hosting;
using Microsoft.Extensions.Logging;
using Platform.LocalHost.Control;
using Platform.LocalHost.Running;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Does with resources what can be done with them: start, stop, restart, rebuild, and the commands of the AppHost's own.</summary>
public sealed class ResourceCommandService
{
    private readonly IServiceProvider _services;
    private readonly DistributedApplicationModel _model;
    private readonly ResourceLoggerService _logs;
    private Stack? _stack;

    internal ResourceCommandService(IServiceProvider services, DistributedApplicationModel model, ResourceLoggerService logs) => (_services, _model, _logs) = (services, model, logs);

    /// <summary>Does it with every replica of a resource; the first failure is what came of it.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteCommandAsync(resource, commandName, new InteractionInputCollection([]), cancellationToken);

    /// <summary>The same with what the command asks for.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default)
    {
        var names = _stack?.Runners.Where(runner => runner.Resource == resource).Select(runner => runner.Name).ToList() ?? [];
        // One build is for all replicas, and starts them all anew.
        if (commandName.Equals(KnownResourceCommands.RebuildCommand, StringComparison.OrdinalIgnoreCase) && Own(resource, commandName) is null)
            names = [.. names.Take(1)];
        var results = await Task.WhenAll((names.Count > 0 ? names : [resource.Name]).Select(name => ExecuteAsync(resource, name, commandName, arguments, cancellationToken)));
        return results.FirstOrDefault(result => !result.Success) ?? results.FirstOrDefault(result => result.Data is not null) ?? results[0];
    }

    /// <summary>Does it with a resource, or with one replica of it.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteCommandAsync(resourceId, commandName, new InteractionInputCollection([]), cancellationToken);

    /// <summary>The same with what the command asks for.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        string resourceId, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default)
    {
        var runner = _stack?.Runners.FirstOrDefault(candidate => candidate.Name.Equals(resourceId, StringComparison.OrdinalIgnoreCase));
        var resource = runner?.Resource ?? _model.Resources.FirstOrDefault(candidate => candidate.Name.Equals(resourceId, StringComparison.OrdinalIgnoreCase));
        return resource is null
            ? CommandResults.Failure($"There is no resource '{resourceId}'.")
            : await ExecuteAsync(resource, runner?.Name ?? resource.Name, commandName, arguments, cancellationToken);
    }

    /// <summary>What it steers.</summary>
    internal void Attach(Stack stack) => _stack = stack;

    private static ResourceCommandAnnotation? Own(IResource resource, string command) =>
        ResourceCommandAnnotation.Of(resource).FirstOrDefault(candidate => candidate.Name.Equals(command, StringComparison.OrdinalIgnoreCase));

    private async Task<ExecuteCommandResult> ExecuteAsync(IResource resource, string name, string command, InteractionInputCollection arguments, CancellationToken cancellationToken)
    {
        if (Own(resource, command) is { } own)
            return await ExecuteAsync(own, name, arguments, cancellationToken);
        if (_stack is not null && ResourceActions.All.Contains(command))
            return await ActAsync(_stack, name, command);
        var known = (string[])[.. ResourceActions.All, .. ResourceCommandAnnotation.Of(resource).Select(candidate => candidate.Name)];
        return CommandResults.Failure($"{resource.Name} has no command '{command}'. There are: {string.Join(", ", known)}.");
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(ResourceCommandAnnotation command, string name, InteractionInputCollection given, CancellationToken cancellationToken)
    {
        var logger = _logs.GetLogger(name);
        var arguments = command.Options.Arguments.Select(input => input.With(given.TryGetByName(input.Name, out var value) ? value.Value : null)).ToList();
        if (arguments.Select(argument => argument.Problem()).OfType<string>().FirstOrDefault() is { } problem)
            return CommandResults.Failure(problem);
        try
        {
            return await command.ExecuteCommand(new ExecuteCommandContext
            {
                Services = _services,
                ResourceName = name,
                CancellationToken = cancellationToken,
                Logger = logger,
                Arguments = new InteractionInputCollection(arguments),
            });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception failure)
        {
            Failed(logger, command.Name, failure);
            return CommandResults.Failure(failure);
        }
    }

    private static async Task<ExecuteCommandResult> ActAsync(Stack stack, string name, string action)
    {
        try
        {
            await ResourceActions.DoAsync(stack, name, action);
            return CommandResults.Success();
        }
        catch (StackException failure)
        {
            return CommandResults.Failure(failure);
        }
    }

    private static readonly Action<ILogger, string, Exception?> Failed =
        LoggerMessage.Define<string>(LogLevel.Error, new EventId(1, nameof(Failed)), "The command {Command} failed.");
}
