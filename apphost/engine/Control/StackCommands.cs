using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Platform.Dashboard;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Control;

/// <summary>The commands that the AppHost has given its resources, for the command line and the dashboard.</summary>
internal static class StackCommands
{
    /// <summary>The commands of a resource that are offered in a place, in the order of the model.</summary>
    public static IReadOnlyList<ResourceCommandSnapshot> Of(Stack stack, Runner runner, ResourceCommandVisibility place) =>
        !stack.Context.Notifications.TryGetCurrentState(runner.Name, out var now) ? []
        : [.. ResourceCommandSnapshot.Of(runner.Resource, now.Snapshot, stack.Context.Services).Where(command => command.State is not ResourceCommandState.Hidden && command.Visibility.HasFlag(place))];

    public static IReadOnlyList<CommandView> ViewsOf(Stack stack, string resource) =>
    [
        .. Of(stack, stack.Find(resource), ResourceCommandVisibility.Api).Select(command => new CommandView(command.Name, command.DisplayName, command.DisplayDescription, command.ConfirmationMessage, command.State.ToString())
        {
            Arguments = [.. command.Arguments.Select(argument => new CommandArgument(argument.Name, argument.Description ?? argument.Label, argument.Required) { Secret = argument.InputType is InputType.SecretText })],
        }),
    ];

    /// <summary>Runs a command, and returns when it is done. Only the end of the stack breaks it off.</summary>
    /// <exception cref="StackException">There is no such resource or command, it cannot be run now, or it did not go well.</exception>
    public static async Task<CommandOutcome> RunAsync(Stack stack, string resource, string name, IReadOnlyDictionary<string, string> arguments, ResourceCommandVisibility place)
    {
        var runner = stack.Find(resource);
        var offered = Of(stack, runner, place);
        var command = offered.FirstOrDefault(candidate => candidate.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new StackException($"{runner.Name} has no command '{name}'. {(offered.Count == 0 ? "There is none." : $"There are: {string.Join(", ", offered.Select(one => one.Name))}.")}");
        if (command.State is ResourceCommandState.Disabled)
            throw new StackException($"'{command.DisplayName}' cannot be done with {runner.Name} now: it is {runner.State.State}.");
        if (arguments.Keys.FirstOrDefault(key => !command.Arguments.Any(argument => argument.Name.Equals(key, StringComparison.OrdinalIgnoreCase))) is { } unknown)
            throw new StackException($"'{command.Name}' asks for no '{unknown}'.");
        var inputs = new InteractionInputCollection([.. arguments.Select(given => new InteractionInput { Name = given.Key, InputType = InputType.Text, Value = given.Value })]);
        var result = await stack.Context.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(runner.Name, command.Name, inputs, stack.Stopping);
        return new CommandOutcome(result.Success, result.Message ?? (result.Canceled ? "It was given up." : null), result.Data?.Value);
    }
}
