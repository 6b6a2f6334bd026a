using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting
{
    /// <summary>Names a project file; made by the build for each project that the AppHost refers to.</summary>
    public interface IProjectMetadata : IResourceAnnotation
    {
        /// <summary>Full path of the project file.</summary>
        string ProjectPath { get; }

        /// <summary>The project is built by others.</summary>
        bool SuppressBuild => false;
    }

    /// <summary>How a project is taken in.</summary>
    public class ProjectResourceOptions
    {
        /// <summary>The launch profile; the first one when null.</summary>
        public string? LaunchProfileName { get; set; }

        /// <summary>Leaves the launch profiles out.</summary>
        public bool ExcludeLaunchProfile { get; set; }

        /// <summary>Leaves endpoints of the configuration out.</summary>
        public bool ExcludeKestrelEndpoints { get; set; }
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A .NET project.</summary>
    public class ProjectResource(string name)
        : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport;
}
