using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources of an application.</summary>
public interface IResourceCollection : IList<IResource>;

internal sealed class ResourceCollection(IList<IResource> resources) : Collection<IResource>(resources), IResourceCollection
{
    public ResourceCollection()
        : this(new List<IResource>())
    {
    }
}
