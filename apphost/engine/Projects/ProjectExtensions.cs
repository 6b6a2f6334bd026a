using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Projects;
using Platform.LocalHost.Unsupported;

namespace Aspire.Hosting;

/// <summary>Adds .NET projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>A project that the AppHost refers to.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() => builder.Add(name, new TProject(), new ProjectResourceOptions());

    /// <summary>A project that the AppHost refers to, with one of its launch profiles; none when null.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() => builder.Add(name, new TProject(), Profile(launchProfileName));

    /// <summary>A project that the AppHost refers to.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new() => builder.Add(name, new TProject(), Configured(configure));

    /// <summary>A project by the path of its file.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath) =>
        builder.Add(name, new ProjectAtPath(builder, projectPath), new ProjectResourceOptions());

    /// <summary>A project by the path of its file, with one of its launch profiles; none when null.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath, string? launchProfileName) =>
        builder.Add(name, new ProjectAtPath(builder, projectPath), Profile(launchProfileName));

    /// <summary>A project by the path of its file.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath, Action<ProjectResourceOptions> configure) =>
        builder.Add(name, new ProjectAtPath(builder, projectPath), Configured(configure));

    /// <summary>Runs several processes of the project. Who refers to it gets all their addresses; <c>stop</c>, <c>start</c> and the like are of one.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Leaves out what tells a program of the proxy before it. Locally there is none, so nothing is to be left out.</summary>
    public static IResourceBuilder<ProjectResource> DisableForwardedHeaders(this IResourceBuilder<ProjectResource> builder) => builder;

    /// <summary>How it is published. Not supported locally: nothing is published from here.</summary>
    public static IResourceBuilder<T> PublishAsDockerFile<T>(this IResourceBuilder<T> builder, Action<IResourceBuilder<ContainerResource>>? configure = null)
        where T : ProjectResource => builder.NotSupported("PublishAsDockerFile: nothing is published from here");

    private static IResourceBuilder<ProjectResource> Add(this IDistributedApplicationBuilder builder, string name, IProjectMetadata project, ProjectResourceOptions options)
    {
        if (!File.Exists(project.ProjectPath))
            throw new FileNotFoundException($"The project of the resource '{name}' does not exist: {project.ProjectPath}", project.ProjectPath);
        var resource = builder.AddResource(new ProjectResource(name)).WithAnnotation(project);
        var hasOwn = !options.ExcludeKestrelEndpoints && KestrelEndpoints.Apply(resource, project.ProjectPath);
        return options.ExcludeLaunchProfile ? resource : LaunchProfile.Apply(resource, project.ProjectPath, options.LaunchProfileName, addresses: !hasOwn);
    }

    private static ProjectResourceOptions Profile(string? name) => new() { LaunchProfileName = name, ExcludeLaunchProfile = name is null };

    private static ProjectResourceOptions Configured(Action<ProjectResourceOptions> configure)
    {
        var options = new ProjectResourceOptions();
        configure(options);
        return options;
    }

    private sealed class ProjectAtPath(IDistributedApplicationBuilder builder, string path) : IProjectMetadata
    {
        public string ProjectPath { get; } = Path.GetFullPath(path, builder.AppHostDirectory);
    }
}
