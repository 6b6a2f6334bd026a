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

        /// <summary>The others.</summary>
        public static IEnumerable<Replica> OthersOf(IResource resource) => resource.Annotations.OfType<Replica>();
    }
}
