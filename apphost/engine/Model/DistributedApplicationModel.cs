namespace Aspire.Hosting.ApplicationModel;

/// <summary>What an application is made of.</summary>
public class DistributedApplicationModel(IResourceCollection resources)
{
    /// <summary>An application of resources.</summary>
    public DistributedApplicationModel(IEnumerable<IResource> resources)
        : this(new ResourceCollection([.. resources]))
    {
    }

    /// <summary>All resources.</summary>
    public IResourceCollection Resources { get; } = resources;
}
