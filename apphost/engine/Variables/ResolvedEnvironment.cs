using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Projects;

namespace Platform.LocalHost.Variables;

/// <summary>The variables and arguments of a resource with all values known.</summary>
internal static class ResolvedEnvironment
{
    public static Task<Dictionary<string, string?>> OfAsync(IResource resource, IReadOnlyDictionary<string, object> defaults, CancellationToken cancellationToken) =>
        OfAsync(resource, defaults, new(DistributedApplicationOperation.Run), cancellationToken);

    public static async Task<Dictionary<string, string?>> OfAsync(
        IResource resource, IReadOnlyDictionary<string, object> defaults, DistributedApplicationExecutionContext execution, CancellationToken cancellationToken, Replica? replica = null)
    {
        var context = new EnvironmentCallbackContext(execution, resource, new(defaults), cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(context);
        var resolved = new Dictionary<string, string?>();
        foreach (var (name, value) in context.EnvironmentVariables)
            resolved[name] = await TextOfAsync(replica?.Own(value) ?? value, cancellationToken);
        return resolved;
    }

    public static async Task<List<string>> ArgumentsOfAsync(IResource resource, CancellationToken cancellationToken, Replica? replica = null)
    {
        var context = new CommandLineArgsCallbackContext(new List<object>(), cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
            await annotation.Callback(context);
        var resolved = new List<string>();
        foreach (var argument in context.Args)
            resolved.Add(await TextOfAsync(replica?.Own(argument) ?? argument, cancellationToken) ?? "");
        return resolved;
    }

    private static async ValueTask<string?> TextOfAsync(object value, CancellationToken cancellationToken) =>
        value is IValueProvider provider ? await provider.GetValueAsync(cancellationToken) : value.ToString();
}
