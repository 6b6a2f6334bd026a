using Platform.LocalHost.Control;
using Platform.LocalHost.Display;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.CommandLine;

/// <summary>Runs a command that the AppHost has given a resource; without a name, lists them.</summary>
internal static class ResourceCommand
{
    public static async Task<int> RunAsync(Instance instance, CommandRequest request, CancellationToken cancellationToken)
    {
        using var client = ControlClient.Find(instance);
        if (client is null)
            return LocalCommands.SayNotRunning(instance.Name);
        var resource = request.Resources.Single();
        var commands = await client.CommandsAsync(resource, cancellationToken);
        if (request.Words.Count == 0)
            return List(resource, commands);
        var name = request.Words[0];
        var command = commands.FirstOrDefault(command => command.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (command?.Confirmation is { } question && !request.Yes && !Confirmed(question))
            return LocalCommands.Failed;
        var arguments = Arguments(request.Words.Skip(1));
        foreach (var missing in Terminal.CanAsk && command is not null ? command.Arguments.Where(argument => argument.Required && !arguments.ContainsKey(argument.Name)).ToList() : [])
            arguments[missing.Name] = await Terminal.AskAsync(missing.Input, cancellationToken);
        var outcome = await client.RunAsync(resource, name, arguments, cancellationToken);
        if (outcome.Data is not null)
            Terminal.Line(outcome.Data);
        if (!outcome.Success)
            throw new StackException(outcome.Message ?? $"'{name}' failed.");
        Terminal.Line(outcome.Message ?? $"{resource}: {name} is done.");
        return 0;
    }

    private static int List(string resource, IReadOnlyList<CommandView> commands)
    {
        if (commands.Count == 0)
            Terminal.Line($"{resource} has no commands of its own; start, stop, restart and rebuild are commands of every resource.");
        foreach (var command in commands)
        {
            var arguments = string.Concat(command.Arguments.Select(argument => argument.Required ? $" {argument.Name}=…" : $" [{argument.Name}=…]"));
            Terminal.Line($"{command.Name}{arguments}: {command.Description ?? command.DisplayName}{(command.State == "Disabled" ? " (not now)" : "")}");
        }

        return 0;
    }

    // Nobody can be asked where nobody reads.
    private static bool Confirmed(string question)
    {
        if (!Terminal.CanAsk)
            throw new StackException($"{question} Say --yes.");
        return Terminal.Confirm(question, usually: false);
    }

    private static Dictionary<string, string> Arguments(IEnumerable<string> words)
    {
        var arguments = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in words)
        {
            if (word.Split('=', 2) is not [var name, var value])
                throw new StackException($"'{word}' is no name=value.");
            arguments[name] = value;
        }

        return arguments;
    }
}
