using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>Runs with environment variables.</summary>
    public interface IResourceWithEnvironment : IResource;

    /// <summary>Runs with command-line arguments.</summary>
    public interface IResourceWithArgs : IResource;

    /// <summary>Listens on ports.</summary>
    public interface IResourceWithEndpoints : IResource;

    /// <summary>Can wait for others.</summary>
    public interface IResourceWithWaitSupport : IResource;

    /// <summary>Lives inside another resource.</summary>
    public interface IResourceWithParent : IResource
    {
        /// <summary>The resource it lives in.</summary>
        IResource Parent { get; }
    }

    /// <summary>Lives inside another resource of a known type.</summary>
    public interface IResourceWithParent<out T> : IResourceWithParent
        where T : IResource
    {
        /// <summary>The resource it lives in.</summary>
        new T Parent { get; }

        IResource IResourceWithParent.Parent => Parent;
    }
}

namespace Aspire.Hosting
{
    /// <summary>Can be found by its name.</summary>
    public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;
}
