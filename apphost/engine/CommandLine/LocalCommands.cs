using Aspire.Hosting;
using Platform.LocalHost.Control;
using Platform.LocalHost.Display;
using Platform.LocalHost.Hosting;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.CommandLine;

/// <summary>Does what the command line asks for; the result is the exit code.</summary>
internal static class LocalCommands
{
    public const int Failed = 1;
    public const int NotRunning = 3;

    public static async Task<int> RunAsync(LocalApplicationBuilder builder, StackOnDemand stack, CancellationToken cancellationToken)
    {
        try
        {
            return await DispatchAsync(builder, stack, cancellationToken);
        }
        catch (StackException failure)
        {
            Terminal.Error(failure.Message);
            return Failed;
        }
        catch (MissingParameterValueException missing)
        {
            Terminal.Error(missing.Message);
            return Failed;
        }
    }

    private static async Task<int> DispatchAsync(LocalApplicationBuilder builder, StackOnDemand stack, CancellationToken cancellationToken)
    {
        var request = builder.Request;
        if (request.AnswersItself)
            return await request.Parsed.InvokeAsync(cancellationToken: cancellationToken);
        return request.Command switch
        {
            "up" => await UpCommand.RunAsync(builder, stack, cancellationToken),
            "demo" => await DemoCommand.RunAsync(builder, stack, cancellationToken),
            "audit verify" => await AuditCommand.VerifyAsync(builder, cancellationToken),
            "tenants move" => await TenantsCommand.MoveAsync(builder, cancellationToken),
            _ when request.Command.StartsWith("metadata ", StringComparison.Ordinal) => await MetadataCommand.RunAsync(builder, cancellationToken),
            "logs" => await LogsCommand.RunAsync(builder.Instance, request, cancellationToken),
            "reset" => ResetCommand.Run(builder.Instance, [.. builder.Resources.Select(resource => resource.Name)]),
            "down" => await DownCommand.RunAsync(builder.Instance, cancellationToken),
            "traces" => TracesCommand.Run(builder.Instance, request.Last),
            "wait" => await WaitCommand.RunAsync(builder.Instance, request, cancellationToken),
            "env" => await EnvCommand.RunAsync(builder.Instance, request, cancellationToken),
            "command" => await ResourceCommand.RunAsync(builder.Instance, request, cancellationToken),
            "doctor" => await DoctorCommand.RunAsync(builder, cancellationToken),
            "ps" => await PsCommand.RunAsync(builder.Instance, request.Json, cancellationToken),
            _ => await ActAsync(builder, request, cancellationToken),
        };
    }

    private static async Task<int> ActAsync(LocalApplicationBuilder builder, CommandRequest request, CancellationToken cancellationToken)
    {
        using var client = ControlClient.Find(builder.Instance);
        if (client is null)
            return SayNotRunning(builder.Instance.Name);
        var resource = await client.ActAsync(request.Resources.Single(), request.Command, cancellationToken);
        Terminal.Line($"{resource.Name} {resource.State}{(resource.State == nameof(ResourceState.Running) ? $", {resource.Health}, process {resource.Pid}" : "")}");
        return 0;
    }

    internal static int SayNotRunning(string instance)
    {
        Terminal.Error($"The instance '{instance}' is not running. Start it: dotnet run --project apphost");
        return NotRunning;
    }
}
