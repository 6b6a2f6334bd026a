using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>How many processes of a project run.</summary>
    public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
    {
        /// <summary>How many.</summary>
        public int Replicas { get; } = replicas;
    }
}

namespace Platform.LocalHost.Projects
{
    /// <summary>One of several processes of a resource; nothing stands before them, so that each listens on ports of its own.</summary>
    /// <param name="Name">The resource's name; from the second on with a number after it.</param>
    /// <param name="Endpoints">Where it listens, in the order of the resource's endpoints.</param>
    internal sealed record Replica(string Name, IReadOnlyList<AllocatedEndpoint> Endpoints) : IResourceAnnotation
    {
        /// <summary>How many a resource has.</summary>
        public static int CountOf(IResource resource) => resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;

        /// <summary>The one that listens where the resource's endpoints say.</summary>
        public static Replica First(IResource resource) =>
            new(resource.Name, [.. resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => endpoint.AllocatedEndpoint).OfType<AllocatedEndpoint>()]);

        /// <summary>The same endpoint, where this replica listens.</summary>
        public EndpointReference Own(EndpointReference endpoint) => Endpoints.FirstOrDefault(own => own.Endpoint == endpoint.Annotation) is { } allocated
            ? new EndpointReference(endpoint.Resource, endpoint.EndpointName) { Own = allocated }
            : endpoint;

        /// <summary>A value with the resource's own endpoints where this replica listens.</summary>
        public object Own(object value) => value switch
        {
            EndpointReference endpoint => Own(endpoint),
            EndpointReferenceExpression part when Own(part.Endpoint) is { Own: not null } own => new EndpointReferenceExpression(own, part.Property),
            ReferenceExpression text => ReferenceExpression.Create(text.Format, [.. text.ValueProviders.Select(one => (IValueProvider)Own(one))], [.. text.ManifestExpressions]),
            _ => value,
        };

        /// <summary>The others.</summary>
        public static IEnumerable<Replica> OthersOf(IResource resource) => resource.Annotations.OfType<Replica>();
    }
}
