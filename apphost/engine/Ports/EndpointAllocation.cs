using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Projects;

namespace Platform.LocalHost.Ports;

/// <summary>Decides where everything listens: fixed ports plus the instance's offset, the others free ones.</summary>
internal static class EndpointAllocation
{
    private const int FirstFree = 20000;
    private const int LastFree = 29999;

    public static void Allocate(IReadOnlyCollection<IResource> resources, int offset)
    {
        var taken = new HashSet<int>();
        var endpoints = resources.SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>()).Where(endpoint => endpoint.AllocatedEndpoint is null).ToArray();
        foreach (var endpoint in endpoints.OrderBy(endpoint => endpoint.Port is null))
        {
            var port = endpoint.Port + offset ?? Free(taken);
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", port);
            taken.Add(port);
        }

        foreach (var resource in resources.Where(resource => !Replica.OthersOf(resource).Any()))
            AllocateReplicas(resource, taken);
    }

    // Two processes cannot listen on the same port: those beyond the first get free ones.
    private static void AllocateReplicas(IResource resource, HashSet<int> taken)
    {
        for (var number = 2; number <= Replica.CountOf(resource); number++)
        {
            var own = new List<AllocatedEndpoint>();
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                var port = Free(taken);
                taken.Add(port);
                own.Add(new AllocatedEndpoint(endpoint, "localhost", port));
            }

            resource.Annotations.Add(new Replica($"{resource.Name}-{number}", own));
        }
    }

    private static int Free(HashSet<int> taken)
    {
        // From anywhere, so that two stacks that start at the same moment do not choose the same.
        const int Count = LastFree - FirstFree + 1;
        var start = Random.Shared.Next(Count);
        for (var i = 0; i < Count; i++)
        {
            var port = FirstFree + ((start + i) % Count);
            if (!taken.Contains(port) && !PortOwner.IsTaken(port))
                return port;
        }

        throw new InvalidOperationException($"No port is free between {FirstFree} and {LastFree}.");
    }
}
