using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;
using Platform.LocalHost.Dapr;

namespace Platform.LocalHost.Parameters;

/// <summary>Which parameters a resource needs before it can start.</summary>
internal static class NeededParameters
{
    /// <summary>Those in its variables, its arguments, its connection string and its components.</summary>
    public static async Task<IReadOnlyCollection<ParameterResource>> ByAsync(IResource resource, DistributedApplicationExecutionContext execution, CancellationToken cancellationToken)
    {
        var values = new List<object> { resource };
        foreach (var one in resource is LocalSidecarResource { Apps: var apps } ? apps.Select(app => app.App).Prepend(resource) : [resource])
        {
            // Some wait for the value themselves, and not all of these heed the token.
            var variables = new EnvironmentCallbackContext(execution, one, [], cancellationToken);
            foreach (var annotation in one.Annotations.OfType<EnvironmentCallbackAnnotation>())
                await annotation.Callback(variables).WaitAsync(cancellationToken);
            var arguments = new CommandLineArgsCallbackContext(new List<object>(), cancellationToken);
            foreach (var annotation in one.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
                await annotation.Callback(arguments).WaitAsync(cancellationToken);
            values.AddRange([.. variables.EnvironmentVariables.Values, .. arguments.Args]);
        }

        if (resource is LocalSidecarResource sidecar)
            values.AddRange(sidecar.Components.SelectMany(component => component.Annotations.OfType<ComponentMetadataAnnotation>()).Select(item => item.Value));
        return [.. values.SelectMany(In).Distinct()];
    }

    /// <summary>Those that a value is made from.</summary>
    public static IEnumerable<ParameterResource> In(object value) => Within(value, new HashSet<object>(ReferenceEqualityComparer.Instance));

    // A server's connection string names its address, which names the server.
    private static IEnumerable<ParameterResource> Within(object value, HashSet<object> seen) => !seen.Add(value) ? [] : value switch
    {
        ParameterResource parameter => [parameter],
        ExternalServiceResource service => service.UrlParameter is { } address ? [address] : [],
        EndpointReference or EndpointReferenceExpression => [],
        IResourceWithConnectionString connected => Within(connected.ConnectionStringExpression, seen),
        IValueWithReferences made => made.References.SelectMany(reference => Within(reference, seen)),
        _ => [],
    };
}
